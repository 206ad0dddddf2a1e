import { statSync } from 'node:fs';
import { vmLimits } from './vm-limits.ts';

export const KVM = '/dev/kvm';

/** How the guest is run: by the processor itself, or emulated with a clock that runs so many times slower than ours. */
export type Accelerator = { name: 'kvm' } | { name: 'tcg'; clock: number };

/** Options of QEMU, of the container around it, and of the guest's kernel. */
interface AcceleratorOptions {
  qemu: readonly string[];
  docker: readonly string[];
  kernel: string;
}

export function acceleratorOptions(accelerator: Accelerator): AcceleratorOptions {
  if (accelerator.name === 'kvm') return { qemu: ['-accel', 'kvm', '-cpu', 'host'], docker: kvmDevice(), kernel: '' };
  const slow = [
    'LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
    `FAKETIME=+0 x${1 / accelerator.clock}`,
  ];
  return {
    qemu: ['-accel', `tcg,thread=multi,tb-size=${vmLimits.translationMiB}`, '-cpu', 'max'],
    // libfaketime gives QEMU, and by that the guest, a slower clock; the guest may not use the processor's own counter then.
    docker: slow.flatMap(variable => ['--env', variable]),
    // The kernel's own look whether timers tick waits too short a time for a slow one.
    kernel: 'no_timer_check notsc clocksource=hpet mitigations=off',
  };
}

/** Docker's options that let QEMU's container use KVM. */
function kvmDevice(): readonly string[] {
  return ['--device', KVM, '--group-add', String(statSync(KVM).gid)];
}
