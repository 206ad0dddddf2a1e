/** One group of what runs in the virtual machine: a vitest project, or a run with one fence taken away. */
export interface VmGroup {
  name: string;
  title: string;
  /** Vitest project and the parts of names of its test files; empty: all of them. */
  project: string | null;
  files: readonly string[];
  /** Those of them that run where the machine is emulated, unless all are asked for: what version 2 itself decides. */
  emulated: readonly string[];
  /** Left out, with the reason beside it. */
  exclude: readonly string[];
  /** The fence that a weakened run takes away. */
  weaken: string | null;
}

function weakened(fence: string): VmGroup {
  const title = `attacks succeed without ${fence}`;
  return { name: `weaken-${fence}`, title, project: null, files: [], emulated: [], exclude: [], weaken: fence };
}

/** What cgroup v2 can change: isolation, limits, attacks, and what looks at processes or freezes them. */
export const vmGroups: readonly VmGroup[] = [
  {
    name: 'integration',
    title: 'isolation, limits, recovery, terminals',
    project: 'integration',
    files: [
      'tests/integration/sandbox-limits',
      'tests/integration/sandbox-claims',
      'tests/integration/sandbox-network',
      'tests/integration/sandbox-survival',
      'tests/integration/sandbox-suspend',
      'tests/integration/sandbox-queue',
      'tests/integration/fences',
      'tests/integration/preflight',
      'tests/integration/images-fence',
      'tests/integration/images-services',
      'tests/integration/observe-daemon',
      'tests/integration/observe-facts',
      'tests/integration/terminal-docker-exec',
      'tests/integration/terminal-shell',
    ],
    emulated: ['tests/integration/sandbox-limits', 'tests/integration/fences', 'tests/integration/sandbox-suspend'],
    exclude: [],
    weaken: null,
  },
  {
    name: 'security',
    title: 'attacks that must fail',
    project: 'security',
    files: [],
    emulated: ['tests/security/cgroups', 'tests/security/escape', 'tests/security/resources'],
    // The web process: no cgroups there, and its pages are not in the machine.
    exclude: ['tests/security/platform-web.test.ts', 'tests/security/preview.test.ts'],
    weaken: null,
  },
  weakened('limits'),
  // Version 2 has a limit of its own for them.
  weakened('cgroups'),
];

/** The files of a group that run: those asked for, else what the machine is quick enough for. Empty: all of the group. */
export function filesOf(
  group: VmGroup,
  wanted: { files: readonly string[]; all: boolean },
  emulated: boolean,
): readonly string[] {
  if (wanted.files.length > 0) return wanted.files;
  return emulated && !wanted.all ? group.emulated : group.files;
}
