// npm run test:security: attacks on real sandboxes, all of which must fail.
// npm run test:security -- --weaken=userns|seccomp|network|limits: takes that fence away from a sandbox host of its own
// and requires that the attacks which it holds back now succeed: so the tests bite. That sandbox host is removed again.
import type { Trial } from '#tests/security/weakened.ts';
import { consoleReporter } from './setup/images/reporter.ts';
import { removeSandboxHost } from './setup/images/sandbox-host.ts';
import { endWith, Refusal } from './setup/refusal.ts';
import { ensureTestMachine, removeTestInstance } from './testing/machine.ts';
import { runStage, summarise } from './testing/stages.ts';
import { vitestStage } from './testing/vitest-stage.ts';

const FENCES = ['userns', 'seccomp', 'network', 'limits'] as const;
type Fence = (typeof FENCES)[number];

function wanted(args: readonly string[]): Fence | null {
  const [first] = args;
  if (first === undefined) return null;
  const fence = FENCES.find(name => first === `--weaken=${name}`);
  if (fence && args.length === 1) return fence;
  throw new Refusal(`"${args.join(' ')}" is not understood.`, `Nothing, or --weaken=${FENCES.join('|')}`);
}

function line({ name, bites, seen }: Trial): string {
  const mark = bites === null ? '– kernel too' : bites ? '✓ succeeds  ' : '✗ still held';
  const shown = JSON.stringify(seen.replace(/\s+/g, ' ').slice(-70)).slice(1, -1);
  return `${mark}  ${name.padEnd(66)} ${shown}`;
}

/** Exit code: 0 when every attack that this fence holds back succeeds without it. */
async function weakened(fence: Fence): Promise<number> {
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
    console.log(`\n${bit.length} attacks succeed without ${fence}, ${held.length} do not`);
    for (const { name, seen } of held) console.log(`\n✗ ${name}: not shown to depend on ${fence}. It saw:\n${seen}`);
    if (unnoticed.length > 0) console.log(`\n✗ The preflight did not notice: ${unnoticed.join(', ')}`);
    return held.length === 0 && bit.length > 0 && unnoticed.length === 0 ? 0 : 1;
  } finally {
    await remove();
  }
}

try {
  const fence = wanted(process.argv.slice(2));
  await ensureTestMachine({ sandboxes: true, pages: fence === null, browser: false }, consoleReporter(process.stdout));
  if (fence) process.exitCode = await weakened(fence);
  else {
    const result = await runStage(vitestStage('security (attacks must fail)', 'security'));
    await removeTestInstance();
    process.exitCode = summarise([result]);
  }
} catch (error) {
  endWith(error);
}
