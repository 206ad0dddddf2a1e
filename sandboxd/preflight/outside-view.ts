import fs from 'node:fs';
import type { ProbeResult } from '#domain/protocol/preflight.ts';
import { readBounded } from '../host/read-bounded.ts';
import { remedies } from './judge-escapes.ts';

const namespaces = ['user', 'pid', 'mnt', 'net', 'ipc', 'uts', 'cgroup'] as const;
const MAX_BYTES = 16 * 1024;

/** What the kernel says of the init of a sandbox, `pid` being its number here. Asks nobody in the sandbox. Throws when it is gone. */
export function outsideView(pid: number, proc = '/proc'): ProbeResult[] {
  if (!fs.existsSync(`${proc}/${pid}/uid_map`)) throw new Error('the init of the sandbox is gone');
  return [remapped(pid, proc), filtered(pid, proc), apart(pid, proc)];
}

function remapped(pid: number, proc: string): ProbeResult {
  const base = { id: 'uid-mapping', kind: 'escape', title: 'be a user of the machine' } as const;
  const map = readBounded(`${proc}/${pid}/uid_map`, MAX_BYTES)?.trim() ?? '';
  const ranges = map.split('\n').map(line => line.trim().split(/\s+/).map(Number));
  const safe = ranges.length > 0 && ranges.every(([, outside = 0]) => outside >= 100_000);
  if (safe) return { ...base, verdict: 'ok', measured: `root is uid ${ranges[0]?.[1]} outside`, remedy: '' };
  const measured = `its users are mapped as "${map.replace(/\s+/g, ' ')}"`;
  return { ...base, verdict: 'refuse', measured, remedy: remedies.userns };
}

function filtered(pid: number, proc: string): ProbeResult {
  const base = { id: 'seccomp-mode', kind: 'escape', title: 'run without a system call filter' } as const;
  const mode = /^Seccomp:\s*(\d)$/m.exec(readBounded(`${proc}/${pid}/status`, MAX_BYTES) ?? '')?.[1];
  if (mode === '2') return { ...base, verdict: 'ok', measured: 'its init is filtered (mode 2)', remedy: '' };
  const measured = `its init has seccomp mode ${mode ?? 'unknown'}`;
  return { ...base, verdict: 'refuse', measured, remedy: remedies.seccomp };
}

function apart(pid: number, proc: string): ProbeResult {
  const base = { id: 'own-namespaces', kind: 'escape', title: 'share a namespace with the sandbox host' } as const;
  const link = (of: number | 'self', name: string) => fs.readlinkSync(`${proc}/${of}/ns/${name}`);
  const shared = namespaces.filter(name => link(pid, name) === link('self', name));
  if (shared.length === 0) return { ...base, verdict: 'ok', measured: 'all its namespaces are its own', remedy: '' };
  return { ...base, verdict: 'refuse', measured: `shares ${shared.join(', ')}`, remedy: remedies.userns };
}
