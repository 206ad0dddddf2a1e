import { answerCheck } from './answer/answer-check.ts';
import { cgroupCheck } from './cgroup/cgroup-check.ts';
import { allCheck } from './combine/all-check.ts';
import { anyCheck } from './combine/any-check.ts';
import { notCheck } from './combine/not-check.ts';
import { containerCheck } from './container/container-check.ts';
import { daemonCheck } from './daemon/daemon-check.ts';
import { eventCheck } from './event/event-check.ts';
import { fileCheck } from './file/file-check.ts';
import { imageCheck } from './image/image-check.ts';
import type { CheckKind } from './kind.ts';
import { processCheck } from './process/process-check.ts';
import type { CheckSpec } from './spec.ts';

type KindName = CheckSpec extends infer Each ? (Each extends CheckSpec ? keyof Each : never) : never;
type SpecOf<Name extends KindName> = Extract<CheckSpec, Record<Name, unknown>>[Name];

/** Every kind of check. A new one is a folder of its own, a line here and a line in spec.ts. */
export const CHECK_KINDS: { readonly [Name in KindName]: CheckKind<SpecOf<Name>> } = {
  container: containerCheck,
  image: imageCheck,
  process: processCheck,
  daemon: daemonCheck,
  event: eventCheck,
  file: fileCheck,
  cgroup: cgroupCheck,
  answer: answerCheck,
  all: allCheck,
  any: anyCheck,
  not: notCheck,
};

/** The kind of a spec and what stands under its one key. */
export function kindOf(spec: CheckSpec): { kind: CheckKind<unknown>; fields: unknown } {
  const [name, fields] = Object.entries(spec)[0] ?? [];
  const kind = name !== undefined && Object.hasOwn(CHECK_KINDS, name) ? CHECK_KINDS[name as KindName] : undefined;
  if (!kind) throw new Error(`a check has no kind: ${JSON.stringify(spec).slice(0, 200)}`);
  return { kind: kind as CheckKind<unknown>, fields };
}
