import type { LabFiles } from '../lab-files.ts';

/** A small lab with nothing wrong in it, as text; tests break one thing at a time. */
export const sampleLab = {
  'lab.yaml': `title: Hello
summary: Say hello.
level: foundation
minutes: 5
image: engine
objectives: [Say hello]
`,
  'steps/01-first.md': `---
title: First
tasks:
  run-web:
    goal: Run \`web\`.
    checks:
      web-runs: { container: { name: web, state: running } }
      web-nginx: { process: { of: web-runs, exe: nginx } }
      no-runc: { holds: true, process: { exe: runc, absent: true } }
    hints: [Use docker run.]
    solution: docker run -d --name web nginx
    mutants:
      - { run: docker create --name web nginx, rejects: web-runs }
      - { run: docker run -d --name web busybox sleep 99, rejects: web-nginx }
      - { run: sleep 99, rejects: no-runc }
questions:
  parent:
    predict: true
    ask: Who is the parent?
    choices: [dockerd, { text: PID 1, correct: true }]
    reveal: { after: run-web, fact: { process: { exe: nginx, of: web }, show: parent } }
    why: Because.
---
Look at [the second](02-second.md).

::question[parent]

::task[run-web]
`,
  'steps/02-second.md': `---
title: Second
questions:
  how-many:
    ask: How many?
    value: 3
    tolerance: 1
    unit: processes
    why: Count them.
  say:
    ask: Its name?
    accept: [shim, the shim]
    why: It is.
  pid:
    ask: Its PID?
    answer: { process: { exe: nginx, of: web }, show: pid }
    why: It is.
---
:::note
A note.
:::

::question[how-many]

::question[say]

::question[pid]
`,
};

export type SampleFile = keyof typeof sampleLab;

/** The sample, with texts replaced in its files. Fails when a text to replace is not there. */
export function sampleFiles(changes: Partial<Record<SampleFile, [from: string, to: string]>> = {}): LabFiles {
  return new Map(
    Object.entries(sampleLab).map(([name, text]) => {
      const change = changes[name as SampleFile];
      if (change && !text.includes(change[0])) throw new Error(`${name} does not contain ${change[0]}`);
      return [name, Buffer.from(change ? text.replace(change[0], () => change[1]) : text)];
    }),
  );
}
