import type { Prisma } from '#prisma/generated/sqlite/client.ts';

/** A plain value of ours as a Json column takes it: our interfaces lack the index signature its type asks for. */
export function toJson(value: object | string | number): Prisma.InputJsonValue {
  return value as unknown as Prisma.InputJsonValue;
}
