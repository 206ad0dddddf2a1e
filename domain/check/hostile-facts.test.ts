import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFact } from './fact-query.ts';
import type { CheckSpec, FactQuery } from './spec.ts';
import { anyText } from './testing/any-text.ts';
import { find } from './testing/find.ts';
import {
  idOf,
  makeCgroup,
  makeContainer,
  makeDaemon,
  makeEvent,
  makeFacts,
  makeFile,
  makeImage,
  makeProcess,
} from './testing/make-facts.ts';

// Everything that a learner can write, written as badly as he can.
const nasty = fc.oneof(
  anyText(40),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '\u001B]0;title\u0007',
    '\u202Egnp.exe',
    '<script>alert(1)</script>',
    '`; rm -rf /',
    'a'.repeat(5_000),
    '\n\n\nPassed!',
    '../../../etc/passwd',
    '{{7*7}}',
    'nginx@sha256:',
    ':::///@@@',
  ),
);

const hostileFacts = fc
  .record({ text: nasty, more: nasty, argv: fc.array(nasty, { maxLength: 3 }), pid: fc.integer({ min: -1, max: 300 }) })
  .map(({ text, more, argv, pid }) =>
    makeFacts({
      daemon: makeDaemon({ version: text, storageDriver: more, runtimes: argv, reason: text }),
      containers: [
        makeContainer({ name: text, image: more, command: argv, runtime: text, env: argv, labels: { [text]: more } }),
        makeContainer({ id: idOf('b'), image: text, networkMode: more, state: 'exited', exitCode: pid }),
      ],
      images: [makeImage({ id: text, tags: [more, text], digests: argv })],
      processes: [
        makeProcess({ pid, ppid: pid, exe: text, comm: more, argv, genuine: false }),
        makeProcess({ pid: 2, ppid: pid, exe: `/bin/${text}`, containerId: idOf('b'), argv }),
      ],
      events: [makeEvent({ type: text, action: more, actor: text, attributes: { name: more, [text]: more } })],
      files: [makeFile({ content: text }), makeFile({ path: '/b', container: 'web', content: more })],
      cgroups: [makeCgroup({ containerId: idOf('b'), memoryLimitBytes: pid })],
      gaps: argv.map(reason => ({ part: 'files', reason })),
    }),
  );

const specs: CheckSpec[] = [
  { container: { name: 'web', state: 'running', image: 'nginx', memory: '64m', runtime: 'crun', env: { A: 'b' } } },
  { container: { image: 'nginx', command: 'nginx', label: { a: 'b' }, networkMode: 'bridge' } },
  { container: { nameMatches: '*a*', count: { max: 1 } } },
  { container: { absent: true } },
  { image: { reference: 'nginx' } },
  { process: { exe: 'nginx', of: 'web', argv: 'a', unchanged: true } },
  { process: { parent: 'pid 1', ancestor: 'dockerd', namespaces: { with: 'web', shared: ['net'] } } },
  { process: { exe: 'runc', absent: true } },
  { daemon: { service: 'dockerd', running: true, version: '26.*', storageDriver: 'overlay2', runtime: 'crun' } },
  { event: { type: 'container', action: 'start', of: 'web' } },
  { event: { inOrder: [{ action: 'create' }, { name: 'nginx' }] } },
  { file: { path: '/etc/motd', contains: 'a', json: { path: 'a.b', equals: 1 }, matches: '*a*b*' } },
  { file: { path: '/b', of: 'web', equals: 'x' } },
  { file: { path: '/c' } },
  { cgroup: { of: 'web', memoryLimit: '64m', pids: 3 } },
];

const queries: FactQuery[] = [
  { process: { exe: 'nginx', of: 'web' }, show: 'argv' },
  { process: { inContainer: false }, show: 'parent' },
  { process: { inContainer: true }, show: 'exe' },
  { container: { name: 'web' }, show: 'command' },
  { container: {}, show: 'id' },
  { daemon: { service: 'dockerd' }, show: 'version' },
  { image: {}, show: 'digest' },
  { event: { name: 'web' }, show: 'sequence' },
  { file: { path: '/etc/motd' }, show: 'content' },
];

const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

it('says something fit to be read about whatever a learner wrote, and never throws', () => {
  fc.assert(
    fc.property(hostileFacts, fc.option(hostileFacts, { nil: null }), (now, baseline) => {
      for (const spec of specs) {
        for (const whole of [spec, { not: spec }]) {
          const { outcome, expected, observed, where } = find(whole, { now, baseline });
          expect(['passed', 'failed', 'unknown']).toContain(outcome);
          for (const sentence of [expected, observed, where]) {
            expect(sentence).not.toMatch(UNFIT);
            expect(sentence).not.toBe('');
            expect(sentence.length).toBeLessThan(2_000);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});

it('shows what it read in a form fit to be read', () => {
  fc.assert(
    fc.property(hostileFacts, now => {
      for (const query of queries) {
        const reading = readFact(query, now);
        const sentence = reading.known ? reading.shown : reading.reason;
        expect(sentence).not.toMatch(UNFIT);
        expect(sentence.length).toBeLessThan(1_000);
      }
    }),
    { numRuns: 40 },
  );
});
