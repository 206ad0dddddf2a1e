import type { SandboxOptions } from './sandbox-template.ts';

/** A sandbox's container as the sandbox host's engine has it. */
export interface SandboxContainer {
  sandboxId: string;
  containerId: string;
  running: boolean;
  /** Its init in the sandbox host's PID namespace; null when not running. */
  pid: number | null;
  exitCode: number | null;
  /** The engine's own word; the cgroup's counters tell more. */
  oomKilled: boolean;
  /** Id of the image it was made from. */
  imageId: string;
}

export interface SandboxEvent {
  sandboxId: string;
  containerId: string;
  action: 'start' | 'die' | 'oom' | 'destroy';
}

/** Where sandboxes run. One implementation: the sandbox host's own Docker engine. */
export interface SandboxEngine {
  /** Makes network, volume and container; cleans up what it made when one of them fails. */
  create(options: SandboxOptions): Promise<{ containerId: string }>;
  start(containerId: string): Promise<void>;
  /** Null when there is no such container. */
  find(containerId: string): Promise<SandboxContainer | null>;
  /** Removes container, network and volume; done already is done. Throws when something is left. */
  remove(sandboxId: string): Promise<void>;
  /** Ids of all sandboxes of which anything exists: a container, a network or a volume. */
  listIds(): Promise<string[]>;
  /** All sandboxes' containers, running or not. */
  list(): Promise<SandboxContainer[]>;
  /** Calls back for each event until the signal ends it; resolves when the engine ends the stream. */
  events(signal: AbortSignal, onEvent: (event: SandboxEvent) => void, onOpen: () => void): Promise<void>;
  /** Id of an image, null when it is not there. */
  findImageId(reference: string): Promise<string | null>;
  /** Version of the engine, null when it does not answer. */
  version(): Promise<string | null>;
  /** Lets a frozen container go on; done already is done. */
  unpause(containerId: string): Promise<void>;
}
