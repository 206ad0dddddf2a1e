import { type DestinationStream, type Logger, pino } from 'pino';
import { fitLogLine, loggedError } from '#domain/protocol/log-line.ts';
import { logContext } from './log-context.ts';
import type { Settings } from './settings.ts';

export type Log = Logger;

/**
 * JSON lines on stdout, each with the id of the request that it was written for. What proves who somebody is never gets
 * into them, wherever in a logged object it stands; nor do our own `secrets`.
 */
export function createLog(
  level: Settings['logLevel'],
  secrets: readonly string[] = [],
  out: DestinationStream = process.stdout,
): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: logContext,
      serializers: { err: error => loggedError(error) },
      redact: {
        paths: ['cookie', 'authorization', 'password', 'token', '*.cookie', '*.authorization', '*.password', '*.token'],
        censor: '[left out]',
      },
    },
    { write: line => void out.write(fitLogLine(line, secrets)) },
  );
}
