import { type Attack, scripted } from '../support/attack.ts';

/** Writes a kernel setting's own value back, through a fresh /proc: changes nothing where it succeeds. */
function rewrite(setting: string): string {
  return `mkdir -p /tmp/p && mount -t proc proc /tmp/p && v=$(cat /tmp/p/sys/${setting}) && echo "READ $v"
    printf %s "$v" >/tmp/p/sys/${setting} && echo WROTE; umount /tmp/p`;
}

/** Settings and switches of the machine's kernel. */
export const kernelFiles: readonly Attack[] = [
  ...['kernel/core_pattern', 'kernel/panic', 'vm/overcommit_memory', 'fs/suid_dumpable'].map(setting =>
    scripted({
      name: `write ${setting} through a fresh /proc`,
      fence: 'userns',
      script: rewrite(setting),
      held: /^READ .*[\s\S]*Permission denied$/,
      bites: /^WROTE$/m,
    }),
  ),
  scripted({
    name: 'mount the machine’s devices (devtmpfs)',
    fence: 'userns',
    script: 'mkdir -p /tmp/d; mount -t devtmpfs none /tmp/d && echo MOUNTED && umount /tmp/d',
    held: /permission denied/,
    bites: /^MOUNTED$/m,
  }),
  scripted({
    name: 'mount debugfs, tracefs, securityfs, bpf, binfmt_misc',
    fence: null,
    script: `mkdir -p /tmp/d; for t in debugfs tracefs securityfs bpf binfmt_misc; do
      mount -t $t none /tmp/d 2>&1 && { echo "MOUNTED $t"; umount /tmp/d; }; done | grep -vc dmesg`,
    held: /^5$/,
    bites: /MOUNTED/,
  }),
  scripted({
    name: 'make a block device',
    fence: 'userns',
    script: 'mknod /tmp/b b 7 250 && echo MADE; rm -f /tmp/b',
    held: /^mknod: \/tmp\/b: Operation not permitted$/,
    bites: /^MADE$/m,
  }),
  scripted({
    name: 'make and open a block device in an inner --privileged container',
    fence: null,
    script: `docker run --rm --privileged busybox sh -c 'mknod /b b 7 250; ls /b; head -c 1 /b' 2>&1
      docker run --rm --device /dev/vda busybox true 2>&1; ls /dev`,
    held: /^(?=[\s\S]*(?:Operation not permitted|permission denied|error gathering device))(?![\s\S]*\bvda\d?$)/,
    bites: /^\/b$/m,
  }),
  scripted({
    name: 'mount the machine’s disk by its number',
    fence: null,
    script: `set -- $(awk '$3 ~ /^[0-9]+:/ && $3 !~ /^0:/ { print $3; exit }' /proc/self/mountinfo | tr : ' ')
      echo "DISK $1:$2"; mknod /tmp/disk b $1 $2; mkdir -p /tmp/m; mount /tmp/disk /tmp/m && echo MOUNTED; ls /tmp/m`,
    held: /^DISK [\s\S]*Operation not permitted/,
    bites: /^MOUNTED$/m,
  }),
  scripted({
    name: 'make the shared image store writable',
    fence: 'userns',
    script: `mount -o remount,bind,rw /opt/store && echo REMOUNTED && mount -o remount,bind,ro /opt/store`,
    held: /permission denied/,
    bites: /^REMOUNTED$/m,
  }),
  scripted({
    name: 'read the kernel’s log, memory and symbols',
    fence: null,
    script: `dmesg 2>&1 | head -1; head -c 1 /proc/kcore 2>&1; head -c1 /dev/mem 2>&1; grep -c '^0*[1-9a-f]' /proc/kallsyms`,
    held: /^dmesg: read kernel buffer failed: Operation not permitted\n[\s\S]*\n?0$|^dmesg[\s\S]*^0$/m,
    bites: /^\[ *\d+\.\d+\]/m,
  }),
  scripted({
    name: 'set the clock',
    fence: null,
    script: 'date -s "$(date)" >/dev/null && echo SET',
    held: /cannot set date: Operation not permitted/,
    bites: /^SET$/m,
  }),
];
