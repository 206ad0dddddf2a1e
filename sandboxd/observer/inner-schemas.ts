import { z } from 'zod';

/**
 * The parts of a sandbox's Docker API that facts are made from. Lenient where Docker leaves things out, strict in
 * types: what does not fit is a gap, never a guess. Keys that are not named here are dropped.
 */
const labels = z.record(z.string(), z.string()).nullish();

export const innerContainerListSchema = z.array(z.object({ Id: z.string(), Created: z.number() }));

export const innerInspectSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  Image: z.string(),
  RestartCount: z.number(),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    Pid: z.number(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
  }),
  Path: z.string().nullish(),
  Args: z.array(z.string()).nullish(),
  Config: z.object({
    Image: z.string(),
    Tty: z.boolean(),
    Labels: labels,
    Env: z.array(z.string()).nullish(),
  }),
  HostConfig: z.object({
    Memory: z.number(),
    NanoCpus: z.number(),
    CpuQuota: z.number().nullish(),
    CpuPeriod: z.number().nullish(),
    PidsLimit: z.number().nullish(),
    Runtime: z.string().nullish(),
    NetworkMode: z.string().nullish(),
    RestartPolicy: z.object({ Name: z.string() }).nullish(),
    BlkioDeviceReadBps: z.array(z.unknown()).nullish(),
    BlkioWeightDevice: z.array(z.unknown()).nullish(),
    Devices: z.array(z.unknown()).nullish(),
    DnsOptions: z.array(z.unknown()).nullish(),
  }),
  Mounts: z
    .array(z.object({ Type: z.string(), Source: z.string().nullish(), Destination: z.string(), RW: z.boolean() }))
    .nullish(),
  NetworkSettings: z
    .object({ Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish() })
    .nullish(),
});
export type InnerInspect = z.infer<typeof innerInspectSchema>;

export const innerImageListSchema = z.array(
  z.object({
    Id: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    RepoDigests: z.array(z.string()).nullish(),
    Created: z.number(),
    Size: z.number(),
  }),
);

export const innerVersionSchema = z.object({ Version: z.string(), ApiVersion: z.string() });

export const innerInfoSchema = z.object({
  Driver: z.string(),
  CgroupVersion: z.string().nullish(),
  LiveRestoreEnabled: z.boolean(),
  DefaultRuntime: z.string(),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
});

export const innerEventSchema = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: labels }),
  time: z.number(),
  timeNano: z.number(),
});
export type InnerEvent = z.infer<typeof innerEventSchema>;
