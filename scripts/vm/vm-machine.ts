import { setTimeout as delay } from 'node:timers/promises';
import { docker, dockerSucceeds } from '../setup/images/docker-cli.ts';
import { type Accelerator, acceleratorOptions } from './accelerators.ts';
import { inGuest, tryInGuest } from './guest-channel.ts';
import type { SystemDisk } from './system-disk.ts';
import { vmLimits } from './vm-limits.ts';
import { VM_LABEL, vmContainer, vmMount } from './vm-places.ts';

export interface MachineOptions {
  qemu: string;
  system: SystemDisk;
  docker: string;
  packages: string;
  accelerator: Accelerator;
}

/** Boots the machine in a container and waits until it takes commands. Answers the container's name. */
export async function bootVm(options: MachineOptions): Promise<string> {
  const { system } = options;
  const accelerator = acceleratorOptions(options.accelerator);
  const container = vmContainer();
  await removeVm();
  const drive = (file: string, more: string) => [
    '-drive',
    `file=/vm/${file},if=virtio,format=raw,cache=unsafe,${more}`,
  ];
  // `restrict`: the guest reaches nothing outside; its command port is heard in QEMU's container only.
  const nic = 'user,restrict=on,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:2222-:2222';
  await docker([
    ...['run', '--detach', '--name', container, '--label', `${VM_LABEL}=1`],
    ...vmMount(),
    ...accelerator.docker,
    options.qemu,
    'qemu-system-x86_64',
    ...accelerator.qemu,
    ...['-M', 'q35', '-m', String(vmLimits.memoryMiB), '-smp', String(vmLimits.cpus)],
    ...['-display', 'none', '-serial', 'stdio', '-no-reboot', '-nodefaults'],
    ...['-kernel', `/vm/${system.kernel}`, '-initrd', `/vm/${system.initrd}`],
    ...['-append', `root=/dev/vda rw console=ttyS0 panic=1 loglevel=4 ${accelerator.kernel}`],
    // What the guest writes is forgotten with the container.
    ...drive(system.disk, 'snapshot=on'),
    ...drive(options.packages, 'readonly=on'),
    ...drive(options.docker, 'snapshot=on'),
    ...['-nic', nic, '-device', 'virtio-rng-pci'],
  ]);
  await untilAnswers(container);
  return container;
}

async function untilAnswers(container: string): Promise<void> {
  const until = Date.now() + vmLimits.bootMs;
  for (;;) {
    const answer = await tryInGuest(container, 'systemctl is-system-running --wait', { timeoutMs: 60_000 }).catch(
      () => null,
    );
    // "degraded": some unit that a machine without a keyboard does not miss.
    if (answer && /running|degraded/.test(answer.output)) return;
    const runs = (await docker(['inspect', '--format', '{{.State.Running}}', container])) === 'true';
    if (!runs || Date.now() > until) {
      const log = await docker(['logs', '--tail', '20', container]);
      const what = runs ? `does not answer after ${vmLimits.bootMs / 60_000} minutes` : 'ended while it booted';
      throw new Error(`The virtual machine ${what}. Its console said:\n${log}`);
    }
    await delay(vmLimits.bootPollMs);
  }
}

/** Whether a machine was left running and still answers. */
export async function vmAnswers(): Promise<boolean> {
  const container = vmContainer();
  if (!(await dockerSucceeds(['exec', container, 'true']))) return false;
  return inGuest(container, 'true', { timeoutMs: 30_000 }).then(
    () => true,
    () => false,
  );
}

/** Stops it at once; nothing happens when there is none. */
export async function removeVm(): Promise<void> {
  await dockerSucceeds(['rm', '--force', '--volumes', vmContainer()]);
}
