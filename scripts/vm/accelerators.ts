import { statSync } from 'node:fs';
import { vmLimits } from './vm-limits.ts';

export const KVM = '/dev/kvm';

/** A way to run the guest: options of QEMU, of the container around it, and of the guest's kernel. */
interface Accelerator {
  qemu: readonly string[];
  docker: () => readonly string[];
  kernel: string;
}

/** libfaketime gives QEMU, and by that the guest, a clock that runs slower; the processor's own counter is not used then. */
const slowClock = [
  '--env',
  'LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '--env',
  `FAKETIME=+0 x${1 / vmLimits.emulatedClock}`,
];

/** With KVM at the processor's speed and our clock; emulated at a tenth of it or less, with a clock slowed likewise. */
export const accelerators: Record<'kvm' | 'tcg', Accelerator> = {
  kvm: { qemu: ['-accel', 'kvm', '-cpu', 'host'], docker: kvmDevice, kernel: '' },
  tcg: {
    qemu: ['-accel', `tcg,thread=multi,tb-size=${vmLimits.translationMiB}`, '-cpu', 'max'],
    docker: () => slowClock,
    // The kernel's own look whether timers tick waits too short a time for a slow one.
    kernel: 'no_timer_check notsc clocksource=hpet mitigations=off',
  },
};

/** Docker's options that let QEMU's container use KVM. */
export function kvmDevice(): readonly string[] {
  return ['--device', KVM, '--group-add', String(statSync(KVM).gid)];
}
