import { createAgent } from './agent.ts';
import { readEnv, remappedRoot } from './env.ts';
import { createLog } from './log.ts';

/** Longest orderly stop; the supervisor's patience is longer. */
const STOP_TIMEOUT_MS = 5_000;

const env = readEnv(process.env);
// Children (docker, runc, iptables) have no business with the token.
delete process.env.BELOWDECKD_TOKEN;
const log = createLog(env);
const agent = createAgent({ ...env, rootUid: remappedRoot() }, log);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'sandboxd stops; sandboxes keep running');
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    agent.stop().then(
      () => process.exit(0),
      error => {
        log.error({ err: error }, 'sandboxd did not stop in order');
        process.exit(1);
      },
    );
  });
process.on('unhandledRejection', reason => log.error({ err: reason }, 'unhandled rejection'));
process.on('uncaughtException', error => {
  log.fatal({ err: error }, 'uncaught exception; the supervisor starts sandboxd again');
  process.exit(1);
});

await agent.start();
