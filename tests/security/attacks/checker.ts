import type { Arena } from '../support/arena.ts';
import type { Attack } from '../support/attack.ts';
import { apiAnswers, fakeApi, putBack } from './fake-api.ts';

const SECRET = 'belowdeck-secret-of-the-sandbox-host';

/** Puts something in the way of a check, has it look, and takes it away again. */
function inTheWay(
  name: string,
  attack: {
    script: string;
    look: (arena: Arena) => Promise<string>;
    after?: string;
    held: RegExp;
    bites: RegExp;
  },
): Attack {
  return {
    name,
    fence: 'observer',
    async run(arena) {
      await arena.outside(`mkdir -p /root/canary && echo ${SECRET} >/root/canary/file`);
      const put = await arena.attacker(attack.script);
      const seen = await attack.look(arena);
      await arena.attacker(attack.after ?? 'umount /root/x 2>/dev/null; rm -rf /root/x');
      return `PUT ${put}\n${seen}`;
    },
    held: attack.held,
    bites: attack.bites,
  };
}

const x = (arena: Arena) => arena.checker.file('/root/x');
const containers = (arena: Arena) => arena.checker.containers();
const hangs = /\(killed after \d+ ms\)$/;

const files: readonly Attack[] = [
  inTheWay('a link to a file of the sandbox host where a check reads', {
    script: `ln -sfn /root/canary/file /root/x; readlink /root/x`,
    look: x,
    held: /^PUT \/root\/canary\/file\nNO TEXT symlink$/,
    bites: new RegExp(SECRET),
  }),
  inTheWay('a FIFO where a check reads', {
    script: 'mkfifo /root/x; stat -c %F /root/x',
    look: x,
    held: /^PUT fifo\nNO TEXT other$/,
    bites: hangs,
  }),
  inTheWay('a device that never ends where a check reads', {
    script: 'touch /root/x; mount --bind /dev/zero /root/x; stat -c %F /root/x',
    look: x,
    held: /^PUT character special file\nNO TEXT other$/,
    bites: /NO BOUND$/,
  }),
  inTheWay('a sparse file of 100 GB where a check reads', {
    script: 'truncate -s 100G /root/x; stat -c %s /root/x',
    look: x,
    held: /^PUT 107374182400\nTEXT 65536 bytes \0/,
    bites: /NO BOUND$/,
  }),
];

/** What lies at docker.sock instead of it, and an API of the learner's that lies or floods. */
const sockets: readonly Attack[] = [
  inTheWay('docker.sock as a link to the sandbox host’s own engine', {
    script:
      'mv /run/docker.sock /run/real.sock; ln -s /var/run/docker.sock /run/docker.sock; stat -c %F /run/docker.sock',
    look: containers,
    after: putBack,
    held: /^PUT symbolic link\nNO ANSWER .*symbolic link/,
    // Its containers are the sandboxes of everybody.
    bites: /\/belowdeck-[0-9a-f]{12}/,
  }),
  ...(
    [
      ['a believable lie', apiAnswers.lie, /\/web$/],
      ['a gigabyte', apiAnswers.gigabyte, /NO BOUND$/],
      ['an endless list', apiAnswers.endless, /NO BOUND$/],
      ['JSON 10,000 levels deep', apiAnswers.deep, /OVERFLOW$/],
      ['a byte per second', apiAnswers.slow, hangs],
    ] as const
  ).map(([what, body, bites]) =>
    inTheWay(`a Docker API of the learner’s that answers ${what}`, {
      script: fakeApi(body),
      look: containers,
      after: putBack,
      held: /^PUT \nNO ANSWER .*another program than the lab/,
      bites,
    }),
  ),
];

const names: readonly Attack[] = [
  inTheWay('a program that calls itself nginx', {
    script: `bash -c 'exec -a nginx sleep 30' & sleep 0.5; pgrep -f '^nginx' | wc -l`,
    look: arena => arena.checker.program('nginx'),
    after: "pkill -f '^nginx 30'",
    held: /^PUT 1\nRUNS NOT$/,
    bites: /^RUNS$/m,
  }),
];

/** What a learner tries so that a check is passed, hangs or reads what it must not. */
export const onTheChecker: readonly Attack[] = [...files, ...sockets, ...names];
