import { z } from 'zod';

/** The parts of Docker's answers that we read of the sandbox host's own engine. */
export const createdSchema = z.object({ Id: z.string() });
export const versionSchema = z.object({ Version: z.string() });

const labels = z.record(z.string(), z.string()).nullish();

export const containerListSchema = z.array(z.object({ Id: z.string(), Labels: labels }));
export const networkListSchema = z.array(z.object({ Id: z.string(), Labels: labels }));
export const volumeListSchema = z.object({
  Volumes: z.array(z.object({ Name: z.string(), Labels: labels })).nullish(),
});

export const containerInspectSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  Config: z.object({ Labels: labels }),
  State: z.object({ Running: z.boolean(), Pid: z.number(), ExitCode: z.number(), OOMKilled: z.boolean() }),
});

export const eventSchema = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: labels }),
});
