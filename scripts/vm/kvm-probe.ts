import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { acceleratorOptions, KVM } from './accelerators.ts';
import type { SystemDisk } from './system-disk.ts';
import { vmLimits } from './vm-limits.ts';
import { vmMount } from './vm-places.ts';

/** What the kernel says when its first program has come and gone: user space was reached. */
const REACHED = /Attempted to kill init! exitcode=0x00000000/;

/**
 * Whether KVM really runs this kernel: it is booted up to its first program. That /dev/kvm answers says little: where the
 * machine is itself virtual it may only emulate, which is slower than QEMU does, or stops midway. Answers null, or what was seen.
 */
export async function kvmRefusal(qemu: string, system: SystemDisk): Promise<string | null> {
  if (!existsSync(KVM)) return `there is no ${KVM}`;
  const kvm = acceleratorOptions({ name: 'kvm' });
  const boot = ['-M', 'q35', '-m', '1024', '-display', 'none', '-serial', 'stdio', '-no-reboot', '-nodefaults'];
  const kernel = ['-kernel', `/vm/${system.kernel}`, '-initrd', `/vm/${system.initrd}`];
  const append = ['-append', 'console=ttyS0 panic=1 rdinit=/bin/true'];
  const limit = ['timeout', '--signal=KILL', String(vmLimits.kvmProbeMs / 1_000)];
  const command = [...limit, 'qemu-system-x86_64', ...kvm.qemu, ...boot, ...kernel, ...append];
  return new Promise((resolve, reject) => {
    const child = spawn('docker', ['run', '--rm', ...vmMount(), ...kvm.docker, qemu, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        said = (said + chunk).slice(-64 * 1024);
      });
    child.once('error', reject);
    child.once('close', () => resolve(REACHED.test(said) ? null : whyNot(said)));
  });
}

/** The line of QEMU's output that tells most. */
export function whyNot(said: string): string {
  const lines = said
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  return lines.find(line => /error|denied|assert/i.test(line)) ?? 'it does not reach user space in time';
}
