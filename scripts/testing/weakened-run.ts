import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Fence, fences } from '#tests/security/support/attack.ts';
import type { Trial } from '#tests/security/weakened.ts';
import { removeSandboxHost } from '../setup/images/sandbox-host.ts';

function line({ name, bites, seen }: Trial): string {
  const mark = bites === null ? '– kernel too' : bites ? '✓ succeeds  ' : '✗ still held';
  const shown = JSON.stringify(seen.replace(/\s+/g, ' ').slice(-70)).slice(1, -1);
  return `${mark}  ${name.padEnd(66)} ${shown}`;
}

/** The last line of a run, which `weakenAll` reads again. */
const summaryOf = (bit: number, held: number, fence: string) =>
  `${bit} attacks succeed without ${fence}, ${held} do not`;
const summary = /^\d+ attacks succeed without \S+, \d+ do not$/;

/** Exit code: 0 when every attack that this fence holds back succeeds without it. */
export async function weakened(fence: Fence): Promise<number> {
  const instance = `${process.env.BELOWDECK_TEST_INSTANCE ?? 'test'}-weak-${fence}`;
  // The test's support reads it when it is loaded.
  process.env.BELOWDECK_TEST_INSTANCE = instance;
  const remove = () => removeSandboxHost(instance);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => remove().finally(() => process.exit(130)));
  const { testSandboxHost } = await import('#tests/support/sandbox-host.ts');
  const { openArena } = await import('#tests/security/support/arena.ts');
  const weaken = await import('#tests/security/support/weaken.ts');
  const { attackWithout } = await import('#tests/security/weakened.ts');
  await remove();
  try {
    const host = await testSandboxHost();
    await weaken.weakenHost(host, instance, fence);
    const refused = (await weaken.refusedByPreflight(host)).map(({ id }) => id);
    const unnoticed = (weaken.foundWithout[fence] ?? []).filter(id => !refused.includes(id));
    console.log(`\nThe preflight refuses this host for: ${refused.join(', ') || 'nothing'}`);
    if (refused.length > 0) await weaken.acceptUnsafe(host, refused);
    const arena = await openArena();
    await weaken.weakenSandbox(arena, fence);
    console.log(`\nWithout ${fence}, in a sandbox host of its own:\n`);
    const trials = await attackWithout(fence, arena, trial => console.log(line(trial)));
    await arena.close();
    const held = trials.filter(trial => trial.bites === false);
    const bit = trials.filter(trial => trial.bites === true);
    for (const { name, seen } of held) console.log(`\n✗ ${name}: not shown to depend on ${fence}. It saw:\n${seen}`);
    if (unnoticed.length > 0) console.log(`\n✗ The preflight did not notice: ${unnoticed.join(', ')}`);
    console.log(`\n${summaryOf(bit.length, held.length, fence)}`);
    return held.length === 0 && bit.length > 0 && unnoticed.length === 0 ? 0 : 1;
  } finally {
    await remove();
  }
}

/** Each in a process of its own, one after the other; then a table. Exit code: 0 when each was 0. */
export async function weakenAll(): Promise<number> {
  const results: { name: Fence; ok: boolean; said: string; seconds: number }[] = [];
  for (const name of fences) {
    const began = performance.now();
    const { code, said } = await inOwnProcess(name);
    const seconds = Math.round((performance.now() - began) / 1000);
    results.push({ name, ok: code === 0, said, seconds });
  }
  console.log();
  for (const { name, ok, said, seconds } of results)
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(9)} ${said.padEnd(64)} ${seconds} s`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

async function inOwnProcess(name: Fence): Promise<{ code: number | null; said: string }> {
  const [, script = ''] = process.argv;
  const child = spawn(process.execPath, [script, `--weaken=${name}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = 'it came to no end';
  createInterface({ input: child.stdout }).on('line', text => {
    console.log(text);
    if (summary.test(text)) said = text;
  });
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { code, said };
}
