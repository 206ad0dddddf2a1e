// npm run test:vm: boots a Debian with systemd and cgroup v2 in QEMU and runs the tests of isolation, limits and attacks
// there. With KVM where it works, else emulated, which takes hours on two cores. Not part of `npm test`.
import { ensureImages } from './setup/images/ensure-images.ts';
import { consoleReporter } from './setup/images/reporter.ts';
import { endWith } from './setup/refusal.ts';
import { ensureTestMachine } from './testing/machine.ts';
import { summarise } from './testing/stages.ts';
import { withVm } from './vm/prepare-vm.ts';
import { runGroup } from './vm/run-group.ts';
import { filesOf } from './vm/vm-groups.ts';
import { removeVm } from './vm/vm-machine.ts';
import { vmOptions } from './vm/vm-options.ts';

try {
  const options = vmOptions(process.argv.slice(2));
  const report = consoleReporter(process.stdout);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => removeVm().finally(() => process.exit(130)));
  await ensureTestMachine({ sandboxes: true, pages: false, browser: false }, report);
  const images = await ensureImages({ report });
  process.exitCode = await withVm(options, images, report, async (vm, emulated) => {
    const results = [];
    for (const group of options.only) {
      const files = filesOf(group, options, emulated);
      if (files === group.emulated && files.length > 0)
        report.note(`Emulated: only a part of "${group.name}" runs; -- --all runs all of it.`);
      results.push(await runGroup(vm, group, files));
    }
    return summarise(results);
  });
} catch (error) {
  endWith(error);
}
