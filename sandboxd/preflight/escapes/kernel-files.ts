import type { Escape } from '../escape.ts';

/** Writes a kernel setting's own value back, through a fresh /proc: changes nothing where it succeeds. */
function rewrite(setting: string): string {
  return `mkdir -p /tmp/p && mount -t proc proc /tmp/p && v=$(cat /tmp/p/sys/${setting}) && echo "READ $v"
    printf %s "$v" >/tmp/p/sys/${setting} && echo WROTE; umount /tmp/p`;
}

/** Settings and switches of the machine's kernel. */
export const kernelFiles: readonly Escape[] = [
  ...['kernel/core_pattern', 'kernel/panic', 'vm/overcommit_memory', 'fs/suid_dumpable'].map(
    (setting): Escape => ({
      id: `write-${setting.split('/')[1]?.replace('_', '-')}`,
      name: `write ${setting} through a fresh /proc`,
      fence: 'userns',
      script: rewrite(setting),
      held: /^READ .*[\s\S]*Permission denied$/,
      bites: /^WROTE$/m,
    }),
  ),
  {
    id: 'mount-devtmpfs',
    name: 'mount the machine’s devices (devtmpfs)',
    fence: 'userns',
    script: 'mkdir -p /tmp/d; mount -t devtmpfs none /tmp/d && echo MOUNTED && umount /tmp/d',
    held: /permission denied/,
    bites: /^MOUNTED$/m,
  },
  {
    id: 'mount-kernel-file-systems',
    name: 'mount debugfs, tracefs, securityfs, bpf, binfmt_misc',
    fence: 'several',
    script: `mkdir -p /tmp/d; for t in debugfs tracefs securityfs bpf binfmt_misc; do
      mount -t $t none /tmp/d 2>&1 && { echo "MOUNTED $t"; umount /tmp/d; }; done | grep -vc dmesg`,
    held: /^5$/,
    bites: /MOUNTED/,
  },
  {
    id: 'make-block-device',
    name: 'make a block device',
    fence: 'userns',
    script: 'mknod /tmp/b b 7 250 && echo MADE; rm -f /tmp/b',
    held: /^mknod: \/tmp\/b: Operation not permitted$/,
    bites: /^MADE$/m,
  },
  {
    id: 'mount-disk',
    name: 'mount the machine’s disk by its number',
    fence: 'several',
    script: `set -- $(awk '$3 ~ /^[0-9]+:/ && $3 !~ /^0:/ { print $3; exit }' /proc/self/mountinfo | tr : ' ')
      echo "DISK $1:$2"; mknod /tmp/disk b $1 $2; mkdir -p /tmp/m; mount /tmp/disk /tmp/m && echo MOUNTED; ls /tmp/m`,
    held: /^DISK [\s\S]*Operation not permitted/,
    bites: /^MOUNTED$/m,
  },
  {
    id: 'write-image-store',
    name: 'make the shared image store writable',
    fence: 'userns',
    script: `mount -o remount,bind,rw /opt/store && echo REMOUNTED && mount -o remount,bind,ro /opt/store`,
    held: /permission denied/,
    bites: /^REMOUNTED$/m,
  },
  {
    id: 'read-kernel-log',
    name: 'read the kernel’s log, memory and symbols',
    fence: 'several',
    script: `dmesg 2>&1 | head -1; head -c 1 /proc/kcore 2>&1; head -c1 /dev/mem 2>&1; grep -c '^0*[1-9a-f]' /proc/kallsyms`,
    held: /^dmesg: read kernel buffer failed: Operation not permitted\n[\s\S]*\n?0$|^dmesg[\s\S]*^0$/m,
    bites: /^\[ *\d+\.\d+\]/m,
  },
  {
    id: 'set-clock',
    name: 'set the clock',
    fence: 'several',
    script: 'date -s "$(date)" >/dev/null && echo SET',
    held: /cannot set date: Operation not permitted/,
    bites: /^SET$/m,
  },
];
