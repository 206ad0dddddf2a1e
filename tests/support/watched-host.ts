import type { WatchMessage } from '#domain/protocol/watch.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';
import { endAll } from './claim.ts';
import { type TestSandboxHost, testSandboxHost } from './sandbox-host.ts';
import { waitUntil } from './wait-until.ts';

/** The sandbox host of the tests, with a client that hears what /watch says. */
export interface WatchedHost {
  host: TestSandboxHost;
  client: SandboxdClient;
  /** All that was told so far; it grows. */
  messages: WatchMessage[];
  /** Ends every sandbox that was claimed, and the client. */
  leave(): Promise<void>;
}

/** Nothing that happens from then on is missed. */
export async function watchSandboxHost(): Promise<WatchedHost> {
  const host = await testSandboxHost();
  const client = host.client();
  const messages: WatchMessage[] = [];
  client.watch(message => messages.push(message));
  client.start();
  await waitUntil('the watch', () => client.reachable);
  const leave = async () => {
    await endAll(client);
    client.stop();
  };
  return { host, client, messages, leave };
}
