import type { ProcessFact } from '#domain/facts/facts.ts';
import { nearNames } from '../near-names.ts';
import { quoted, quoteLearnerText } from '../quote-learner-text.ts';
import { joinSome } from '../values/sentence.ts';
import { exeName, isImpostor, type ProcessView } from './process-view.ts';

/** `nginx` (PID 200): PIDs as the sandbox's own `ps` shows them. */
export function showProcess(process: ProcessFact): string {
  return `${quoted(exeName(process))} (PID ${process.pid})`;
}

/** PID 1 (tini): how reveals and parents are shown. */
export function showParent(process: ProcessFact, byPid: ReadonlyMap<number, ProcessFact>): string {
  if (process.ppid === 0) return 'outside the sandbox';
  const parent = byPid.get(process.ppid);
  return parent ? `PID ${parent.pid} (${quoteLearnerText(exeName(parent))})` : `PID ${process.ppid}, which has ended`;
}

export function listProcesses(processes: readonly ProcessFact[]): string {
  return joinSome(processes.map(showProcess));
}

/** `container web` for a container id that the view knows, else its short id. */
export function showContainer(id: string, view: ProcessView): string {
  const name = view.containers.find(container => container.id === id)?.name;
  return `container ${quoted(name ?? id.slice(0, 12))}`;
}

/** Says that no such process runs, and what comes near: an impostor, a name like it. */
export function saysNoSuchProcess(subject: string, exe: string | undefined, view: ProcessView): string {
  const none = `no ${subject} runs`;
  if (exe === undefined) return none;
  const impostor = view.processes.find(process => isImpostor(exe, process));
  if (impostor) return `${none}; PID ${impostor.pid} goes by that name, but is not the file that this lab came with`;
  const base = exe.split('/').at(-1) ?? exe;
  const others = view.processes.filter(process => exeName(process) !== base);
  const near = nearNames(base, others, exeName);
  if (near.length > 0) return `${none}; there is ${listProcesses(near)}`;
  const elsewhere = view.processes.filter(process => exeName(process) === base);
  return elsewhere.length > 0 ? `${none}; there is ${listProcesses(elsewhere)}` : none;
}
