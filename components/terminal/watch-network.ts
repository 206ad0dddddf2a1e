import type { TerminalConnection } from './terminal-connection.ts';

/** Tells a connection what the browser knows of the network; returns the way to stop. */
export function watchNetwork(connection: TerminalConnection): () => void {
  const online = () => connection.retryNow();
  const offline = () => connection.offline();
  // Timers of a hidden page hardly run: who comes back to it shall not wait for them.
  const visible = () => {
    if (document.visibilityState === 'visible') connection.retryNow();
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', visible);
  };
}
