import { type Logger, pino } from 'pino';
import type { Settings } from './settings.ts';

export type Log = Logger;

/** JSON lines on stdout. What proves who somebody is never gets into them, wherever in a logged object it stands. */
export function createLog(level: Settings['logLevel']): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['cookie', 'authorization', 'password', 'token', '*.cookie', '*.authorization', '*.password', '*.token'],
      censor: '[left out]',
    },
  });
}
