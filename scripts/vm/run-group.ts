import { honest, type StageResult } from '../testing/stages.ts';
import { readVitestReport } from '../testing/vitest-report.ts';
import { inGuest, tryInGuest } from './guest-channel.ts';
import { CHECKOUT } from './guest-checkout.ts';
import { quoted } from './guest-words.ts';
import { readWeakened } from './read-weakened.ts';
import type { VmGroup } from './vm-groups.ts';
import { vmLimits } from './vm-limits.ts';

const REPORT = '/tmp/report.json';

/** The command for a group in the guest. `files` are parts of test files' names; empty: all of the project. */
export function groupCommand(group: VmGroup, files: readonly string[]): string {
  const env = `cd ${CHECKOUT} && rm -f ${REPORT}`;
  if (group.weaken) return `${env} && node scripts/test-security.ts --weaken=${group.weaken}`;
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${REPORT}`];
  const excluded = group.exclude.map(file => `--exclude=${file}`);
  const words = ['--project', group.project ?? '', ...reporters, ...excluded, ...files];
  return `${env} && node node_modules/vitest/vitest.mjs run ${words.map(quoted).join(' ')}`;
}

/** Runs a group in the guest, its output shown here, and reads what it counted. */
export async function runGroup(vm: string, group: VmGroup, files: readonly string[]): Promise<StageResult> {
  const command = groupCommand(group, files);
  console.log(`\n━━ ${group.name} (${group.title}) in the virtual machine: ${command}`);
  const began = Date.now();
  const show = (text: string) => void process.stdout.write(text);
  const { code, output } = await tryInGuest(vm, command, { onText: show, timeoutMs: vmLimits.groupMs });
  const said = group.weaken ? output : await inGuest(vm, `cat ${REPORT} 2>/dev/null || echo none`);
  const counts = honest(code, () => (group.weaken ? readWeakened(said) : readVitestReport(said)));
  return { name: group.name, ...counts, seconds: (Date.now() - began) / 1_000 };
}
