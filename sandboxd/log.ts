import { type DestinationStream, type Logger, pino } from 'pino';
import { fitLogLine, loggedError } from '#domain/protocol/log-line.ts';
import type { SandboxdEnv } from './env.ts';
import { logContext } from './log-context.ts';

/** JSON lines on stdout, each with the id of the web process's request that it was written for; without our token. */
export function createLog(
  env: Pick<SandboxdEnv, 'logLevel' | 'token'>,
  out: DestinationStream = process.stdout,
): Logger {
  return pino(
    {
      level: env.logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: logContext,
      serializers: { err: error => loggedError(error) },
    },
    { write: line => void out.write(fitLogLine(line, [env.token])) },
  );
}
