import { cgroupFiles as escapes } from '#sandboxd/preflight/escapes/cgroup-files.ts';
import { type Attack, ofEscape, scripted } from '../support/attack.ts';

const v1 = '[ ! -e /sys/fs/cgroup/cgroup.controllers ]';

/** Its place behind others for the processor, its own freezing, swap and peaks: whatever of its cgroup is not delegated. */
const everyFile: Attack = scripted({
  name: 'open any other file of the sandbox’s own cgroup for writing (cpu.idle, cpu.shares, freezer.state and all)',
  fence: 'userns',
  // Opened, not written: where that succeeds nothing changes. Version 2: the sandbox's init has moved into a child.
  script: `if ${v1}; then list=$(ls /sys/fs/cgroup/*/* /sys/fs/cgroup/*/*.* -d | grep -v '/systemd/'); else list=$(ls -d /sys/fs/cgroup/*); fi
    n=0; for f in $list; do [ -f $f ] || continue; n=$((n + 1)); (: >>$f) 2>/dev/null && echo "OPENED $(basename $f)"; done | sort -u
    echo $list | tr ' ' '\\n' | grep -c -E '/(cpu\\.(idle|shares|weight)|freezer\\.state|cgroup\\.freeze)$'`,
  // Moving processes between its own cgroups is what it is given.
  held: /^(?:OPENED (?:cgroup\.procs|cgroup\.threads|tasks|cgroup\.subtree_control)\n)+[2-9]$/,
  bites: /^OPENED (?:cpu\.(?:idle|shares|weight)|freezer\.state|cgroup\.freeze)$/m,
});

/** The limits of the sandbox, and the ways from a cgroup to the machine. */
export const cgroupFiles: readonly Attack[] = [...escapes.map(ofEscape), everyFile];
