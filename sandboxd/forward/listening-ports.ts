/** A TCP socket that listens, as the kernel tells. */
export interface Listener {
  port: number;
  /** Whether it takes connections at every address of the sandbox, and not at an inner one only. */
  anywhere: boolean;
}

const LISTEN = '0A';

/**
 * The listeners in texts of /proc/PID/net/tcp and tcp6, one per port, ascending; a port that listens anywhere counts as
 * such. Lines that the kernel would not write are passed over.
 */
export function listeningPorts(...tables: (string | null)[]): Listener[] {
  const found = new Map<number, boolean>();
  for (const line of tables.flatMap(table => (table ?? '').split('\n'))) {
    const [, address = '', hex = '', state] =
      /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line) ?? [];
    if (state !== LISTEN) continue;
    const port = Number.parseInt(hex, 16);
    found.set(port, found.get(port) || /^0+$/.test(address));
  }
  return [...found].map(([port, anywhere]) => ({ port, anywhere })).sort((a, b) => a.port - b.port);
}
