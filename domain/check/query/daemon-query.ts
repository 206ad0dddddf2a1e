import type { Facts } from '#domain/facts/facts.ts';
import { whyUnseen } from '../gaps.ts';
import { quoted, quoteLearnerText } from '../quote-learner-text.ts';
import type { FactQuery } from './query-spec.ts';
import { known, number, onOff, type Reading, unknown } from './reading.ts';

type DaemonQuery = Extract<FactQuery, { daemon: unknown }>;

/** Reads one value of dockerd or containerd. */
export function readDaemon({ service }: DaemonQuery['daemon'], what: DaemonQuery['show'], facts: Facts): Reading {
  const fact = service === 'dockerd' ? facts.daemon : facts.containerd;
  if (fact === null) return unknown(whyUnseen(facts, service === 'dockerd' ? 'daemon' : 'containerd'));
  const reason = 'reason' in fact && typeof fact.reason === 'string' ? `: ${quoteLearnerText(fact.reason)}` : '';
  const untold = `${quoted(service)} does not tell it${reason}`;
  if (what === 'state') return known(fact.state);
  if (what === 'pid') return number(fact.pid, `${quoted(service)} is not running`, pid => `PID ${pid} (${service})`);
  const { daemon } = facts;
  if (service !== 'dockerd' || daemon === null) return unknown(untold);
  if (what === 'liveRestore') return onOff(daemon.liveRestore, untold);
  const value = daemon[what];
  return value === null ? unknown(untold) : known(value, quoteLearnerText(value));
}
