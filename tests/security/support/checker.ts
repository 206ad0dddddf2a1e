import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';

/** Who looks at a sandbox for a check, in words that a naive one could give too. */
export interface Checker {
  /** "TEXT …" with what a file holds, or "NO TEXT" with what it is instead. */
  file(path: string): Promise<string>;
  /** "CONTAINERS …" with the names of those that run, or "NO ANSWER" with the reason. */
  containers(): Promise<string>;
  /** "RUNS" or "RUNS NOT": whether a program of this name runs. */
  program(name: string): Promise<string>;
}

/** The platform's own: facts from sandboxd. */
export function platformChecker(client: SandboxdClient, sandboxId: string): Checker {
  const look = (needs: object) => client.call('facts.get', { sandboxId, needs });
  return {
    async file(path) {
      const file = (await look({ files: [{ path, container: null }] })).files?.[0];
      if (typeof file?.content !== 'string') return `NO TEXT ${file?.kind}`;
      return `TEXT ${file.content.length} bytes ${file.content.slice(0, 80)}`;
    },
    async containers() {
      const { containers, gaps } = await look({ containers: true });
      if (!containers) return `NO ANSWER ${gaps.find(gap => gap.part === 'containers')?.reason}`;
      return `CONTAINERS ${containers.map(each => each.name).join(' ')}`;
    },
    async program(name) {
      const { processes } = await look({ processes: true });
      const runs = processes?.some(each => each.genuine !== false && each.exe?.split('/').at(-1) === name);
      return runs ? 'RUNS' : 'RUNS NOT';
    },
  };
}
