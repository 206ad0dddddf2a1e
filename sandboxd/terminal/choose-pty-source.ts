import { DockerExecPtySource } from './docker-exec-pty.ts';
import type { PtySource } from './pty-source.ts';

export type PtySourceName = 'runc-console' | 'docker-exec';

/** The way shells are started on this machine. */
export function choosePtySource(options: { prefer?: PtySourceName } = {}): PtySource {
  void options;
  return new DockerExecPtySource();
}
