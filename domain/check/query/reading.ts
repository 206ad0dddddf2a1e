import { quoteLearnerText } from '../quote-learner-text.ts';
import { showSize } from '../values/size.ts';

/** One value read from facts. `shown` is for people ("PID 1 (tini)"), `value` for comparing with an answer. */
export type Reading = { known: true; value: string | number; shown: string } | { known: false; reason: string };

/** Without `shown` the value itself is shown, with what cannot be seen spelled out. */
export function known(value: string | number, shown: string = quoteLearnerText(String(value))): Reading {
  return { known: true, value, shown };
}
export const unknown = (reason: string): Reading => ({ known: false, reason });

/** A number, or why there is none. */
export function number(value: number | null, reason: string, show: (value: number) => string = String): Reading {
  return value === null ? unknown(reason) : known(value, show(value));
}

/** A limit; none set is an answer too: `none`. */
export function limit(value: number | null, show: (value: number) => string = String): Reading {
  return value === null ? known('none', 'no limit') : known(value, show(value));
}

/** A size in bytes. */
export const size = (bytes: number | null, reason: string): Reading => number(bytes, reason, showSize);

/** A moment: compared as epoch milliseconds, shown as `12:34:56 UTC`. */
export function moment(at: number | null, reason: string): Reading {
  return number(at, reason, value => `${new Date(value).toISOString().slice(11, 19)} UTC`);
}

/** `on` or `off`. */
export function onOff(value: boolean | null, reason: string): Reading {
  return value === null ? unknown(reason) : known(value ? 'on' : 'off');
}

/** An id, shown as Docker does: 12 digits. */
export function id(value: string): Reading {
  return known(value, quoteLearnerText(value.replace(/^sha256:/, '').slice(0, 12)));
}
