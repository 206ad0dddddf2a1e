import type { Escape } from '../escape.ts';

/** The ways a container gets at its host: here the host is the sandbox, and nothing beyond. */
export const innerContainers: readonly Escape[] = [
  {
    id: 'writable-machine-mount',
    name: 'find a mount of the machine’s file system that can be written',
    fence: 'several',
    script: `awk '{ sep = 0; for (i = 1; i <= NF; i++) if ($i == "-") sep = i
      if ($(sep + 1) ~ /^(ext[234]|xfs|btrfs|zfs|9p|virtiofs|nfs4?)$/) { n++
        if ($6 !~ /^ro/) print "WRITABLE", $5 } } END { print "OF THE MACHINE", n }' /proc/self/mountinfo
      for m in $(awk '/ - (ext[234]|xfs|btrfs|zfs|9p|virtiofs|nfs4?) / { print $5 }' /proc/self/mountinfo); do touch $m/belowdeck-attack 2>/dev/null && echo "WRITABLE $m"; done`,
    held: /^OF THE MACHINE \d+$/,
    bites: /^WRITABLE/m,
  },
  {
    id: 'inner-privileged-device',
    name: 'make and open a block device in an inner --privileged container',
    fence: 'several',
    script: `docker run --rm --privileged busybox sh -c 'mknod /b b 7 250; ls /b; head -c 1 /b' 2>&1
      docker run --rm --device /dev/vda busybox true 2>&1; ls /dev`,
    held: /^(?=[\s\S]*(?:Operation not permitted|permission denied|error gathering device))(?![\s\S]*\bvda\d?$)/,
    bites: /^\/b$/m,
  },
  {
    id: 'inner-host-namespaces',
    name: 'see the sandbox host’s files and processes from a container in the host’s namespaces with / mounted',
    fence: 'several',
    // Its settings lie where no sandbox has anything.
    script: `echo mine >/root/of-the-sandbox
      docker run --rm --pid host --network host --ipc host --uts host --userns host -v /:/h busybox sh -c '
        cat /h/root/of-the-sandbox; hostname; ls /h/etc/belowdeck 2>/dev/null; ps -o args | grep -c "[s]andboxd/main"'`,
    held: /^mine\nlab\n0$/,
    bites: /^dockerd\.json$|^[1-9]\d*$/m,
  },
];
