import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { openDb } from '#data/db.ts';
import { migrate } from '#data/migrate.ts';
import { createAttemptService } from './attempts/create-attempt-service.ts';
import { createAuth } from './auth/auth.ts';
import { loadCatalog } from './catalog/load-catalog.ts';
import { attemptRoute } from './gateway/attempt-route.ts';
import { createClassLive } from './gateway/class-route.ts';
import { createHealth } from './gateway/health.ts';
import { createHostReadiness } from './gateway/host-readiness.ts';
import { terminalRoute } from './gateway/terminal-route.ts';
import { UpgradeDispatcher } from './gateway/upgrade-dispatcher.ts';
import { clientAddress, clientAddressHeader } from './http/client-address.ts';
import { hostAllowed } from './http/host.ts';
import { createHttp } from './http/http.ts';
import { logRequest, shownPath } from './http/log-request.ts';
import { createLimits } from './http/rate-limits.ts';
import { originAllowed } from './http/same-origin.ts';
import { createLog } from './log.ts';
import { databaseSeconds } from './metrics/metrics.ts';
import { createMetricsEndpoint } from './metrics/metrics-endpoint.ts';
import { observeRequest } from './metrics/observe-request.ts';
import { createNextApp } from './next-app.ts';
import { createPreview } from './preview/preview.ts';
import { setRuntime } from './runtime.ts';
import { fetchSandboxdMetrics } from './sandboxd-client/fetch-metrics.ts';
import { createSandboxdClient } from './sandboxd-client/sandboxd-client.ts';
import { readSettings, secretsOf } from './settings.ts';
import { Shutdown } from './shutdown.ts';
import { standBefore } from './stand-before.ts';
import { whenDatabaseAnswers } from './when-database-answers.ts';

/** The web process. Everything that lives is constructed here, in the order in which it is needed. */
async function main(): Promise<void> {
  // React and Next choose their build by it too; anything but development is production.
  const dev = process.env.NODE_ENV === 'development';
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel, secretsOf(settings));
  log.info({ before: standBefore() }, 'place for the processor: before ordinary programs, where that is allowed');
  const shutdown = new Shutdown({ log, stepMs: 5_000 });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => shutdown.run(signal).then(() => process.exit(0)));
  }
  process.on('unhandledRejection', error => log.error({ err: error }, 'a rejection was not handled'));

  const db = await whenDatabaseAnswers(
    async () => {
      await migrate(settings.databaseUrl);
      return openDb(settings.databaseUrl, {
        poolSize: settings.databasePool,
        onQuery: ms => databaseSeconds.observe(ms / 1_000),
      });
    },
    { log },
  );
  shutdown.add('database', () => db.$disconnect());

  const catalog = loadCatalog(resolve('labs'));
  for (const problem of catalog.problems()) log.error({ problem }, 'a lab was left out');

  const sandboxdPlace = {
    url: settings.sandboxdUrl,
    socket: settings.sandboxdSocket,
    token: settings.sandboxdToken,
  };
  const sandboxd = createSandboxdClient({ ...sandboxdPlace, log });
  shutdown.add('sandboxd client', () => sandboxd.stop());

  const limits = createLimits();
  const auth = createAuth({ db, settings, limits });
  const classLive = createClassLive({ db, catalog, log });
  const attempts = createAttemptService({
    db,
    catalog,
    sandboxd,
    log,
    now: Date.now,
    onProgress: attempt => classLive.onProgress(attempt),
  });
  shutdown.add('attempts', () => attempts.registry.stop());
  sandboxd.watch(message => attempts.registry.onWatch(message));
  sandboxd.onReachable(reachable => {
    log.info({ reachable }, reachable ? 'the sandbox host answers' : 'the sandbox host does not answer');
    attempts.registry.onReachable(reachable);
  });
  const preview = createPreview({ db, settings, sandboxd, auth, attempts, limits, log });
  sandboxd.watch(message => preview.onWatch(message));
  sandboxd.start();

  const http = createHttp({ settings, log });
  setRuntime({ settings, db, auth, catalog, attempts, sandboxd, limits, preview, http });

  const app = await createNextApp({ dev, settings });
  shutdown.add('next', () => app.close());
  const health = createHealth({
    pingDatabase: async () => void (await db.$queryRaw`SELECT 1`),
    sandboxd,
    hostReadiness: createHostReadiness(sandboxd),
  });
  const metrics = createMetricsEndpoint({
    token: settings.metricsToken,
    fetchSandboxd: () => fetchSandboxdMetrics(sandboxdPlace),
    log,
  });
  const server = createServer((request, response) => {
    // Before anything else: a preview's host name leads to a sandbox, and to nothing of ours.
    if (preview.request(request, response)) return;
    observeRequest(request, response);
    if (health(request, response) || metrics(request, response)) return;
    request.headers[clientAddressHeader] = clientAddress(request, settings.https);
    logRequest(request, response, log, () => {
      app.handle(request, response).catch(error => {
        log.error({ err: error, path: shownPath(request.url) }, 'a request failed');
        response.destroy();
      });
    });
  });
  const sockets = new UpgradeDispatcher({
    routes: [attemptRoute({ db, attempts }), terminalRoute({ db, attempts, sandboxd }), classLive.route],
    viewerFrom: headers => auth.viewerFrom(headers),
    hostAllowed: host => hostAllowed(host, settings.origins),
    originAllowed: headers => originAllowed(headers, settings.origins),
    preview: preview.upgrade,
    devServer: dev ? app.decoy : undefined,
    log,
  });
  sockets.attach(server);

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(settings.port, settings.host, listening);
  });
  shutdown.add('http server', async () => {
    const closed = new Promise<void>(done => server.close(() => done()));
    sockets.closeAll();
    preview.stop();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
    await closed;
  });
  log.info({ url: settings.url, dev }, 'listening');
}

await main().catch(error => {
  // Settings, database, port: what a person has to mend. The message says how.
  console.error(['settings', 'database'].includes(error?.code) ? error.message : error);
  process.exit(1);
});
