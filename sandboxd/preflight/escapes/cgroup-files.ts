import type { Escape } from '../escape.ts';

const v1 = '[ ! -e /sys/fs/cgroup/cgroup.controllers ]';

/** Writes to a limit of the sandbox's own: the value it has, which the kernel accepts from who may write. */
function ownLimit(id: string, name: string, file1: string, file2: string): Escape {
  return {
    id,
    name: `raise the sandbox’s own ${name}`,
    fence: 'userns',
    script: `if ${v1}; then f=/sys/fs/cgroup/${file1}; else f=/sys/fs/cgroup/${file2}; fi
      v=$(cat $f); echo "LIMIT $v"; echo "$v" >$f && echo WROTE`,
    held: /^LIMIT -?(?:\d|max)[\s\S]*Permission denied$/,
    bites: /^WROTE$/m,
  };
}

/** The limits of the sandbox, and the ways from a cgroup to the machine. */
export const cgroupFiles: readonly Escape[] = [
  ownLimit('raise-memory-limit', 'memory limit', 'memory/memory.limit_in_bytes', 'memory.max'),
  ownLimit('raise-processor-limit', 'processor limit', 'cpu/cpu.cfs_quota_us', 'cpu.max'),
  ownLimit('raise-process-limit', 'process limit', 'pids/pids.max', 'pids.max'),
  {
    id: 'allow-devices',
    name: 'allow all devices',
    fence: 'userns',
    // /dev/null is allowed already: where this succeeds it changes nothing.
    script: `if ${v1}; then echo V1; echo 'c 1:3 rwm' >/sys/fs/cgroup/devices/devices.allow && echo WROTE
      else echo V2; mknod /tmp/b b 7 250 && echo WROTE; rm -f /tmp/b; fi`,
    held: /^V1\n.*Permission denied$|^V2\n.*Operation not permitted$/,
    bites: /^WROTE$/m,
  },
  {
    id: 'release-agent',
    name: 'have a program run by the machine when a cgroup empties (release_agent)',
    fence: 'several',
    script: `mkdir -p /tmp/c; for t in 'cgroup -o memory' 'cgroup -o devices' 'cgroup -o pids' cgroup2; do
      mount -t $t none /tmp/c 2>/dev/null || continue; echo "HIERARCHY $t"
      ls /tmp/c/release_agent 2>/dev/null && echo /bin/true >/tmp/c/release_agent && echo WROTE
      umount /tmp/c; done`,
    held: /^(?:HIERARCHY .*\n?)+$/,
    bites: /^WROTE$/m,
  },
];
