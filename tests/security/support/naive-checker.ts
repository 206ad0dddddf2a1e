import type { Arena } from './arena.ts';
import type { Checker } from './checker.ts';

/** Longest a naive look may hang, milliseconds: the platform has its own bound below that. */
const HANGS_MS = 12_000;
/** More than this in one answer, and it had no bound: this control must not fill the sandbox host's memory itself. */
const TOO_MUCH = 64 * 1024 * 1024;

/**
 * The control for attacks on checks: looks as anybody would write it at first, from the sandbox host with plain paths
 * through /proc/PID/root, no bounds, and believing names. It must be fooled, or hang: else the attack shows nothing.
 */
export function naiveChecker(arena: Arena): Checker {
  const root = async () => `/proc/${await arena.ownPid()}/root`;
  const node = (program: string) => arena.outside(`node <<'JS'\n${program}\nJS`, HANGS_MS);
  return {
    async file(path) {
      return node(`let size = 0; let head = '';
        require('fs').createReadStream('${(await root()) + path}', { highWaterMark: 1 << 20 })
          .on('data', data => { head ||= String(data).slice(0, 80); size += data.length; if (size > ${TOO_MUCH}) { console.log('NO BOUND'); process.exit() } })
          .on('error', error => console.log('NO TEXT ' + error.code))
          .on('end', () => console.log('TEXT ' + size + ' bytes ' + head));`);
    },
    async containers() {
      return node(`let text = '';
        const request = require('http').get({ socketPath: '${await root()}/run/docker.sock', path: '/containers/json' }, answer => answer.setEncoding('latin1')
          .on('data', data => { text += data; if (text.length > ${TOO_MUCH}) { console.log('NO BOUND'); process.exit() } })
          .on('end', () => { try { const depth = value => Array.isArray(value) && value.length ? 1 + depth(value[0]) : 0;
            const all = JSON.parse(text); depth(all); console.log('CONTAINERS ' + all.flatMap(each => each.Names).join(' ')) }
            catch (error) { console.log(error instanceof RangeError ? 'OVERFLOW' : 'NO ANSWER ' + error.message) } }));
        request.on('error', error => console.log('NO ANSWER ' + error.code));`);
    },
    async program(name) {
      const pid = await arena.ownPid();
      const seen = await arena.outside(
        `docker top belowdeck-${arena.own.id} -eo pid,args | grep -c '${name}'; echo ${pid}`,
      );
      return /^0\n/.test(seen) ? 'RUNS NOT' : 'RUNS';
    },
  };
}
