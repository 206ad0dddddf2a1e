import { CHECK_LIMITS } from '../check-limits.ts';
import { parseCpus, parseSize, showSize } from './size.ts';

/** How one limit is compared and said; null stands for "no limit" on both sides. */
export interface LimitWords {
  /** Reads what the author wrote; "none" gives null. */
  read: (written: string | number) => number | null;
  same: (wanted: number | null, actual: number | null) => boolean;
  /** `a memory limit of 512 MiB`, `no memory limit`. */
  show: (value: number | null) => string;
}

const within = (tolerance: number) => (wanted: number | null, actual: number | null) =>
  wanted === null || actual === null ? wanted === actual : Math.abs(wanted - actual) <= tolerance;

export const LIMITS = {
  memory: {
    read: written => (written === 'none' ? null : parseSize(written)),
    same: within(CHECK_LIMITS.memoryRoundingBytes - 1),
    show: bytes => (bytes === null ? 'no memory limit' : `a memory limit of ${showSize(bytes)}`),
  },
  cpus: {
    read: written => (written === 'none' ? null : parseCpus(written)),
    same: within(CHECK_LIMITS.cpuTolerance),
    show: cpus => (cpus === null ? 'no CPU limit' : `a CPU limit of ${cpus}`),
  },
  pids: {
    read: written => (written === 'none' ? null : Number(written)),
    same: (wanted, actual) => wanted === actual,
    show: pids =>
      pids === null ? 'no limit of processes' : `a limit of ${pids} ${pids === 1 ? 'process' : 'processes'}`,
  },
} satisfies Record<string, LimitWords>;
