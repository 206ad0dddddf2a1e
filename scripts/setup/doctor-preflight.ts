import { type PreflightStatus, type ProbeResult, refusals } from '#domain/protocol/preflight.ts';
import { thisMachine } from '#sandboxd/preflight/machine-probe.ts';
import { machineProbes, probeMachine } from '#sandboxd/preflight/machine-probes.ts';

/** What doctor prints of the preflight, and how many things in it are to be mended. */
export interface PreflightReport {
  lines: string[];
  bad: number;
  /** Whether sandboxes hold is not known: why, and what to do. Null: it is known. */
  open: string | null;
}

const marks = { ok: '✓', warn: '!', refuse: '✗' } as const;
const verdicts: Record<PreflightStatus['state'], string> = {
  waiting: 'not found out yet: it waits for the engine and the lab image',
  running: 'being found out right now',
  passed: 'sandboxes hold on this machine',
  accepted: 'sandboxes are UNSAFE and given away all the same, as BELOWDECK_ACCEPT_UNSAFE_SANDBOXES says',
  refused: 'sandboxes are UNSAFE on this machine, and none is given away',
};

const noVerdict = 'whether sandboxes hold on this machine is not known yet, and none is given away before:';
/** What is open while there is no verdict. */
const openWhile: Partial<Record<PreflightStatus['state'], string>> = {
  waiting: `${noVerdict} the preflight waits for the engine and the lab image. npm start loads the image; run this again when it is ready.`,
  running: `${noVerdict} the preflight runs. Run this again in a moment.`,
};

/** The verdict of a running sandboxd with every probe; `status` as its host.status says, null when that says nothing. */
export function reportPreflight(status: PreflightStatus | null): PreflightReport {
  if (status === null)
    return {
      lines: [],
      bad: 0,
      open: 'sandboxd said nothing of its preflight: it is of another version. npm start renews it.',
    };
  const of = (kind: ProbeResult['kind']) => status.probes.filter(probe => probe.kind === kind);
  const when =
    status.at === null ? '' : ` (${new Date(status.at).toISOString()}, ${((status.ms ?? 0) / 1000).toFixed(1)} s)`;
  const refused = refusals(status);
  const accept = refused.map(({ id }) => id).join(',');
  return {
    lines: [
      '',
      `Preflight: ${verdicts[status.state]}${when}`,
      ...linesOf(of('machine'), status.accepted),
      ...(of('escape').length > 0 ? ['What root in a throw-away sandbox tried; each must fail:'] : []),
      ...linesOf(of('escape'), status.accepted),
      ...(refused.length > 0
        ? [
            `To give sandboxes away all the same, only to people you trust: BELOWDECK_ACCEPT_UNSAFE_SANDBOXES=${accept} npm start`,
          ]
        : []),
    ],
    bad: refused.length,
    open: openWhile[status.state] ?? null,
  };
}

/** Without a sandbox host: what can be said of this machine itself. */
export async function reportMachine(platform: NodeJS.Platform = process.platform): Promise<PreflightReport> {
  const note = 'Preflight: no sandbox host answers, so no escape was tried. npm start, then npm run doctor again.';
  const open = 'no escape was tried, since no sandbox host answers: npm start, then npm run doctor again.';
  if (platform !== 'linux') return { lines: ['', note], bad: 0, open };
  const probes = await probeMachine(
    thisMachine(),
    machineProbes.filter(({ where }) => where === 'anywhere'),
  );
  return { lines: ['', note, ...linesOf(probes, [])], bad: refusals({ probes, accepted: [] }).length, open };
}

function linesOf(probes: readonly ProbeResult[], accepted: readonly string[]): string[] {
  const width = Math.max(0, ...probes.map(({ id }) => id.length));
  return probes.flatMap(({ id, verdict, title, measured, remedy }) => {
    const what = `${title}: ${measured}`;
    const note = accepted.includes(id) && verdict === 'refuse' ? ' (accepted)' : '';
    const line = `${marks[verdict]} ${id.padEnd(width)}  ${what}${note}`;
    return remedy === '' ? [line] : [line, `  → ${remedy}`];
  });
}
