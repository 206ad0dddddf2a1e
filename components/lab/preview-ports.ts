import { isWorthShowing, type SandboxPort } from '#domain/protocol/ports.ts';

/** One line of the menu. */
export interface PortRow {
  port: number;
  /** Whether the preview reaches it. */
  open: boolean;
  /** What is there, in a few words. */
  about: string;
}

/** Most lines in the menu; what is published comes first. */
const maxRows = 12;

/** What the learner opened, those that can be looked at first. */
export function portRows(ports: readonly SandboxPort[]): PortRow[] {
  return ports
    .filter(isWorthShowing)
    .map(({ port, reach, container }) => ({
      port,
      open: reach === 'anywhere',
      about:
        (container ? `Container ${container.name}, port ${container.port}` : 'A program in the sandbox') +
        (reach === 'anywhere' ? '' : '. On 127.0.0.1 only: out of reach from here'),
    }))
    .sort((a, b) => Number(b.open) - Number(a.open))
    .slice(0, maxRows);
}

/** The way into the preview of a port: ours, so that it can check who asks. */
export function previewHref(attemptId: string, port: number): string {
  return `/api/v1/attempts/${encodeURIComponent(attemptId)}/preview/${port}`;
}

/** The same as a deed, for what is no link. */
export function openPort(attemptId: string, port: number): void {
  window.open(previewHref(attemptId, port), '_blank', 'noopener');
}

/** The number a person typed; null when it is no port. */
export function typedPort(text: string): number | null {
  const port = /^\s*:?(\d{1,5})\s*$/.exec(text)?.[1];
  return port && Number(port) >= 1 && Number(port) <= 65_535 ? Number(port) : null;
}
