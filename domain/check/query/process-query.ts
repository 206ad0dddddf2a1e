import type { Namespaces, ProcessFact } from '#domain/facts/facts.ts';
import { select } from '../conditions.ts';
import { type ReferenceScope, resolveContainer } from '../container/resolve-container.ts';
import { whyPartial, whyUnseen } from '../gaps.ts';
import { listProcesses, saysNoSuchProcess, showParent } from '../process/describe-process.ts';
import { processConditions } from '../process/process-conditions.ts';
import { exeName, exePath, type ProcessView, runsExe, viewProcesses } from '../process/process-view.ts';
import { quoteLearnerText } from '../quote-learner-text.ts';
import { countOf } from '../values/sentence.ts';
import type { FactQuery, ProcessQuery } from './query-spec.ts';
import { known, moment, number, type Reading, unknown } from './reading.ts';

type ProcessShow = Extract<FactQuery, { process: unknown }>['show'];

const NAMESPACE: Partial<Record<ProcessShow, keyof Namespaces>> = {
  pidns: 'pid',
  mntns: 'mnt',
  netns: 'net',
  utsns: 'uts',
  ipcns: 'ipc',
  userns: 'user',
  cgroupns: 'cgroup',
};

function show(process: ProcessFact, what: ProcessShow, view: ProcessView): Reading {
  const namespace = NAMESPACE[what];
  if (namespace !== undefined) return known(process.namespaces[namespace]);
  const name = quoteLearnerText(exeName(process));
  const parent = view.byPid.get(process.ppid);
  switch (what) {
    case 'pid':
      return known(process.pid, `PID ${process.pid} (${name})`);
    case 'innerPid':
      return known(process.innerPid, `PID ${process.innerPid} in its own namespace`);
    case 'ppid':
      return process.ppid === 0
        ? unknown('its parent is outside the sandbox')
        : known(process.ppid, showParent(process, view.byPid));
    case 'parent':
      return parent
        ? known(exeName(parent), showParent(process, view.byPid))
        : unknown('its parent is outside the sandbox');
    case 'uid':
      return known(process.uid);
    case 'exe': {
      const path = exePath(process);
      return path === null ? unknown('the kernel tells no executable') : known(path, quoteLearnerText(path));
    }
    case 'argv': {
      const line = process.argv.join(' ');
      return known(line, quoteLearnerText(line));
    }
    case 'startedAt':
      return moment(process.startedAt, 'its start is not known');
    default:
      return unknown(`${what} cannot be shown of a process`);
  }
}

/** The one process meant: where a parent and its children all match, the topmost. */
function pickOne(matches: readonly ProcessFact[]): ProcessFact | null {
  const pids = new Set(matches.map(process => process.pid));
  const top = matches.filter(process => !pids.has(process.ppid));
  return top.length === 1 ? (top[0] ?? null) : null;
}

/** Reads one value of the process that a query means. */
export function readProcess(query: ProcessQuery, what: ProcessShow, scope: ReferenceScope): Reading {
  const { now } = scope;
  const resolved = query.of === undefined ? null : resolveContainer(query.of, scope);
  if (resolved?.found === false) return unknown(resolved.observed);
  const view = viewProcesses(now, resolved);
  if (view === null) return unknown(whyUnseen(now, 'processes'));
  const { exe } = query;
  const candidates = view.processes.filter(process => exe === undefined || runsExe(exe, process));
  const { matches } = select(candidates, processConditions(query, view), {}, true);
  const partial = whyPartial(now, 'processes');
  if (partial !== null && (what === 'count' || matches.length === 0))
    return unknown(`not every process could be seen: ${partial}`);
  if (what === 'count') return number(matches.length, '');
  const process = pickOne(matches);
  if (process) return show(process, what, view);
  const subject = `process${exe === undefined ? '' : ` ${quoteLearnerText(exe)}`}${query.of === undefined ? '' : ` of ${quoteLearnerText(query.of)}`}`;
  if (matches.length === 0) return unknown(saysNoSuchProcess(subject, exe, view));
  return unknown(`there are ${countOf(matches.length, 'such process')}: ${listProcesses(matches)}`);
}
