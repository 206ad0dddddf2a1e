import { innerContainers as escapes } from '#sandboxd/preflight/escapes/inner-containers.ts';
import { type Attack, ofEscape, scripted } from '../support/attack.ts';

/** The ways a container gets at its host: here the host is the sandbox, and nothing beyond. */
export const innerContainers: readonly Attack[] = [
  {
    name: 'look at the host’s files from a container with / mounted, in the host’s namespaces',
    fence: null,
    async run(arena) {
      await arena.outside('echo canary >/root/belowdeck-canary; echo canary >/var/lib/belowdeck/belowdeck-canary');
      const seen = await arena.attacker(
        `echo mine >/root/of-the-sandbox
         docker run --rm --pid host --network host --ipc host --uts host --userns host -v /:/h busybox sh -c '
           cat /h/root/of-the-sandbox; hostname; find /h/root /h/var/lib -name belowdeck-canary'
         docker run --rm --privileged -v /:/h busybox sh -c 'cat /h/root/of-the-sandbox; find /h/root /h/var/lib -name belowdeck-canary' 2>&1 | tail -2`,
        40_000,
      );
      return seen;
    },
    held: /^mine\nlab$|^mine\nlab\n(?:mine|docker: Error|.*not permitted)/,
    bites: /belowdeck-canary$/m,
  },
  {
    name: 'see and kill processes of the sandbox host with --pid host',
    fence: null,
    async run(arena) {
      const target = await arena.outside('sleep 300 >/dev/null 2>&1 & echo $!');
      const seen = await arena.attacker(
        `docker run --rm --pid host busybox sh -c 'ps -o args | grep -c "[s]andboxd/main"; kill -9 ${target} 2>&1; cat /proc/1/comm'`,
      );
      return `${seen}\n${await arena.outside(`kill ${target} && echo target lived`)}`;
    },
    held: /^0\n[\s\S]*tini[\s\S]*target lived$/,
    bites: /^[1-9]/,
  },
  scripted({
    name: 'see the sandbox host’s interfaces with --network host',
    fence: null,
    script: `ip -o link | wc -l; docker run --rm --network host busybox sh -c 'ip link | grep -c "^[0-9]"; ip link | grep -c " bd"'`,
    held: /^(\d+)\n\1\n0$/,
    bites: /\n[1-9]\d*$/,
  }),
  {
    name: 'be root outside the sandbox',
    fence: 'userns',
    async run(arena) {
      await arena.attacker('docker run -d --rm --name as-root --user 0 busybox sleep 60; sleep 0.5');
      const init = await arena.ownPid();
      return arena.outside(
        `for p in /proc/[0-9]*; do [ "$(readlink $p/ns/user)" = "$(readlink /proc/${init}/ns/user)" ] && awk '/^Uid/ { print "UID", $2, $3, $4, $5 }' $p/status; done | sort -u; echo END`,
      );
    },
    held: /^(?:UID(?: 1\d{5}){4}\n)+END$/,
    bites: /^UID.* 0\b/m,
  },
  ...escapes.map(ofEscape),
];
