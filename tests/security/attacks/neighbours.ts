import type { Arena } from '../support/arena.ts';
import type { Attack } from '../support/attack.ts';

/** Something that can be found nowhere but where it was put. */
const mark = (what: string) => `belowdeck-${what}-of-the-neighbour`;

/** Everywhere that root can get: its own root, that of every process it sees, and every mount. The control is the neighbour. */
const files: Attack = {
  name: 'another sandbox’s files, by every path and through every process',
  fence: null,
  async run(arena) {
    await arena.neighbour(
      `echo secret | tee /root/${mark('file')} /run/${mark('file')} /var/lib/docker/${mark('file')} >/dev/null`,
    );
    const find = `timeout 12 find / /proc/[0-9]*/root/ -xdev -maxdepth 6 -name ${mark('file')} 2>/dev/null; awk '{ print $5 }' /proc/self/mountinfo | while read -r m; do ls "$m/${mark('file')}" 2>/dev/null; done`;
    const control = await arena.neighbour(`{ ${find}; } | wc -l`, 40_000);
    return `CONTROL ${Number(control) >= 3 ? 'found' : control}\nFOUND ${await arena.attacker(`{ ${find}; } | wc -l`, 40_000)}`;
  },
  held: /^CONTROL found\nFOUND 0$/,
  bites: /^FOUND [1-9]/m,
};

/** By the number that it has in the sandbox host, and by every number it could have here. */
async function victim(arena: Arena): Promise<{ pid: string; lives: () => Promise<string> }> {
  await arena.neighbour(`nohup bash -c 'exec -a ${mark('process')} sleep 120' >/dev/null 2>&1 & sleep 0.3`);
  const pid = (await arena.outside(`pgrep -f '^${mark('process')}' | head -1`)).trim();
  return { pid, lives: () => arena.outside(`kill -0 ${pid} && echo lives`) };
}

const processes: Attack = {
  name: 'another sandbox’s processes: see, kill, trace and enter them',
  fence: null,
  async run(arena) {
    const { pid, lives } = await victim(arena);
    const seen = await arena.attacker(`ps -eo args | grep -c '^${mark('process')}'
      kill -9 ${pid} 2>&1; nsenter -t ${pid} -m true 2>&1; cat /proc/${pid}/environ 2>&1
      perl -e 'print syscall(qx(uname -m) =~ /aarch64/ ? 117 : 101, 16, ${pid}, 0, 0) < 0 ? "TRACE $!\\n" : "TRACED\\n"'`);
    return `${seen}\n${await lives()}`;
  },
  held: /^0\n(?=[\s\S]*No such (?:process|file))(?=[\s\S]*^TRACE )[\s\S]*lives$/m,
  bites: /^[1-9]|^TRACED$/m,
};

/** Memory, queues and sockets that have a name but no file. */
const shared: Attack = {
  name: 'another sandbox’s shared memory, message queues and abstract sockets',
  fence: null,
  async run(arena) {
    const list = `ipcs -m | grep -c 0x0bd0bd0b; ls /dev/shm | grep -c ${mark('memory')}; grep -c ${mark('socket')} /proc/net/unix`;
    await arena.neighbour(`ipcmk -M 4096 >/dev/null; perl -e 'shmget(0x0bd0bd0b, 4096, 0666 | 01000) or die' ; echo x >/dev/shm/${mark('memory')}
      nohup perl -MSocket -e 'socket(my $s, 1, 1, 0); bind($s, pack("S a*", 1, "\\0${mark('socket')}")) or die; listen $s, 1; sleep 60' >/dev/null 2>&1 & sleep 0.5`);
    return `CONTROL ${(await arena.neighbour(list)).replaceAll('\n', ' ')}\nSEEN ${(await arena.attacker(list)).replaceAll('\n', ' ')}`;
  },
  held: /^CONTROL 1 1 1\nSEEN 0 0 0$/,
  bites: /^SEEN .*[1-9]/m,
};

/** What root in one sandbox tries on the one beside it, but for the network. */
export const neighbours: readonly Attack[] = [files, processes, shared];
