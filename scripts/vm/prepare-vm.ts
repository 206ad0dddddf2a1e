import { docker } from '../setup/images/docker-cli.ts';
import type { Images } from '../setup/images/ensure-images.ts';
import type { Reporter } from '../setup/images/reporter.ts';
import { Refusal } from '../setup/refusal.ts';
import type { Accelerator } from './accelerators.ts';
import { ensureDockerDisk } from './docker-disk.ts';
import { inGuest } from './guest-channel.ts';
import { copyCheckout } from './guest-checkout.ts';
import { kvmRefusal } from './kvm-probe.ts';
import { ensurePackagesDisk } from './packages-disk.ts';
import { ensureSystemDisk, type SystemDisk } from './system-disk.ts';
import { ensureVmImages } from './vm-images.ts';
import { bootVm, removeVm, vmAnswers } from './vm-machine.ts';
import type { VmOptions } from './vm-options.ts';
import { vmContainer } from './vm-places.ts';

/** Makes what is missing, boots, copies the checkout, works; and stops the machine unless it is to be kept. */
export async function withVm<T>(
  options: VmOptions,
  images: Images,
  report: Reporter,
  work: (vm: string, emulated: boolean) => Promise<T>,
): Promise<T> {
  await insistOnAmd64();
  const parts = await ensureVmImages(report);
  const system = await ensureSystemDisk(parts, report);
  const packages = await ensurePackagesDisk(parts.qemu, report);
  const accelerator = await chooseAccelerator(options, parts.qemu, system, report);
  try {
    if (!(options.keep && (await vmAnswers()))) {
      const disks = { system, packages, docker: await ensureDockerDisk(parts, images, report) };
      await report.step('Boot the virtual machine', () => bootVm({ qemu: parts.qemu, ...disks, accelerator }));
    }
    const vm = vmContainer();
    report.note(await insistOnV2(vm));
    await report.step('Copy the checkout into it', () => copyCheckout(vm));
    return await work(vm, accelerator.name === 'tcg');
  } finally {
    if (options.keep) report.note(`The virtual machine runs on: docker rm -f ${vmContainer()}`);
    else await removeVm();
  }
}

async function insistOnAmd64(): Promise<void> {
  const arch = await docker(['version', '--format', '{{.Server.Arch}}']);
  if (process.platform === 'linux' && arch === 'amd64') return;
  throw new Refusal(
    `The virtual machine is an amd64 one with this machine’s packages; this is ${process.platform} with Docker for ${arch}.`,
    'Run this on Linux on amd64. Everything else of the tests runs here: npm test',
  );
}

async function chooseAccelerator(
  { accelerator, clock }: VmOptions,
  qemu: string,
  system: SystemDisk,
  report: Reporter,
): Promise<Accelerator> {
  if (accelerator === 'tcg') return { name: 'tcg', clock };
  const refusal = accelerator === 'kvm' ? null : await report.step('Try KVM', () => kvmRefusal(qemu, system));
  if (refusal === null) return { name: 'kvm' };
  report.note(
    `KVM does not run this kernel here (${refusal}): the machine is emulated, which takes hours on two cores. ` +
      `Its clock runs ${clock} times slower than this one.`,
  );
  return { name: 'tcg', clock };
}

/** What all this is for: systemd's own cgroup v2, and Docker's systemd driver. */
async function insistOnV2(vm: string): Promise<string> {
  const said = await inGuest(
    vm,
    "docker info --format 'cgroup v{{.CgroupVersion}}, {{.CgroupDriver}} driver, Docker {{.ServerVersion}}'; uname -r; node --version",
  );
  if (!said.startsWith('cgroup v2, systemd driver'))
    throw new Error(`The guest is not what is to be tested: ${said.split('\n')[0]}`);
  return `In it: ${said.split('\n').join(', ')}`;
}
