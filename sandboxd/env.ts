import fs from 'node:fs';
import { z } from 'zod';

/** Everything that can be set from outside, read once at boot. */
const envSchema = z.object({
  /** TCP port of RPC, watch and terminals. */
  BELOWDECKD_PORT: z.coerce.number().int().min(1).max(65_535),
  /** Unix socket with the same service, in a folder of the machine that is mounted here; without it there is TCP only. */
  BELOWDECKD_SOCKET: z.string().startsWith('/').optional(),
  /** Shared secret with the web process, at least 32 characters. */
  BELOWDECKD_TOKEN: z.string().min(32),
  /** Records and journals of sandboxes; survives restarts. */
  BELOWDECKD_STATE: z.string().default('/var/lib/belowdeck'),
  /** Socket of the sandbox host's own engine. */
  BELOWDECKD_DOCKER: z.string().default('/run/docker.sock'),
  /** Ids of preflight probes whose refusal the operator accepts, by commas: sandboxes are given away although they fail. */
  BELOWDECK_ACCEPT_UNSAFE_SANDBOXES: z
    .string()
    .regex(/^(?:[a-z0-9-]{1,64}(?:,[a-z0-9-]{1,64})*)?$/, 'must be ids of probes, separated by commas')
    .default(''),
  /** Least severe level that is logged; set-up passes BELOWDECK_LOG_LEVEL on. */
  BELOWDECKD_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface SandboxdEnv {
  port: number;
  /** Path of the unix socket, where there is one. */
  socket?: string;
  token: string;
  stateFolder: string;
  dockerSocket: string;
  /** Ids of preflight probes. */
  acceptedUnsafe: string[];
  logLevel: z.infer<typeof envSchema>['BELOWDECKD_LOG'];
}

/** Throws one error that names every variable that is wrong. */
export function readEnv(env: Readonly<Record<string, string | undefined>>): SandboxdEnv {
  const parsed = envSchema.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`sandboxd cannot start, its environment is wrong:\n${lines.join('\n')}`);
  }
  const value = parsed.data;
  return {
    port: value.BELOWDECKD_PORT,
    socket: value.BELOWDECKD_SOCKET,
    token: value.BELOWDECKD_TOKEN,
    stateFolder: value.BELOWDECKD_STATE,
    dockerSocket: value.BELOWDECKD_DOCKER,
    acceptedUnsafe: value.BELOWDECK_ACCEPT_UNSAFE_SANDBOXES.split(',').filter(id => id !== ''),
    logLevel: value.BELOWDECKD_LOG,
  };
}

/** Start of the range that the engine's user namespaces map to, from the lines of /etc/subuid. */
export function remappedRoot(subuid: string = fs.readFileSync('/etc/subuid', 'utf8')): number {
  const first = /^dockremap:(\d+):\d+$/m.exec(subuid)?.[1];
  if (first === undefined)
    throw new Error('/etc/subuid has no range for dockremap: sandboxes would not be user-namespaced');
  return Number(first);
}
