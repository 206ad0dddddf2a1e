const MiB = 1024 * 1024;

/** Every number of the virtual machine in which cgroup v2 is tested. */
export const vmLimits = {
  /** Its memory: a sandbox host gets three quarters, which is room for three sandboxes beside the engine's cache. */
  memoryMiB: 6144,
  /** Processors: a second one is what makes races visible. */
  cpus: 2,
  /** Sizes of its disks for the system (set-up wants 6 GB free there) and for Docker; the files are sparse and hold 1 GB and 3 GB. */
  systemBytes: 12 * 1024 * MiB,
  dockerBytes: 24 * 1024 * MiB,
  /** Kept beside the content of the disk with packages, for the file system's own records. */
  packagesSpareBytes: 512 * MiB,
  /** KVM reaches user space within two seconds where it works; where it is only emulated, it never does. */
  kvmProbeMs: 20_000,
  /** Until the guest answers: a minute emulated on two quiet cores, several on busy ones. */
  bootMs: 10 * 60_000,
  /** Between two knocks at the guest. */
  bootPollMs: 1_000,
  /** Until a dockerd that only loads images answers. */
  fillerMs: 60_000,
  /** What set-up does in the guest, such as unpacking the checkout. */
  setUpMs: 20 * 60_000,
  /** One group of tests. */
  groupMs: 3 * 60 * 60_000,
  /** QEMU's cache of translated code. */
  translationMiB: 1024,
  /**
   * Under emulation the guest's clock runs this many times slower than ours, so that to the guest its processor is about
   * as quick as a busy real one. No time-out of product or tests has to be changed for it. The price: a second that a
   * test sleeps lasts four. So it is no greater than two quiet cores need; `--clock` is for others.
   */
  emulatedClock: 4,
} as const;
