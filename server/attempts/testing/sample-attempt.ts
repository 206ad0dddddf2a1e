import { sampleLab } from '#data/testing/samples.ts';
import type { ContainerFact, Facts } from '#domain/facts/facts.ts';
import type { Lab } from '#domain/lab/lab.ts';

const question = { predict: false, why: 'because', reveal: null };

/** Two steps: run `web`, with a prediction about it and a live question; then a task of the second step. */
export function twoStepLab(): Lab {
  const [first, second] = sampleLab().steps;
  if (!first || !second) throw new Error('the sample lab has two steps');
  return sampleLab({
    steps: [
      {
        ...first,
        tasks: [
          {
            id: 'run-web',
            goal: 'Run web.',
            checks: [{ id: 'web-runs', spec: { container: { name: 'web', state: 'running' } }, holds: false }],
            hints: ['first hint', 'second hint'],
            solution: 'docker run -d --name web nginx',
            mutants: [],
          },
        ],
        questions: [
          {
            ...question,
            id: 'guess',
            ask: 'In what state?',
            predict: true,
            reveal: { after: 'run-web', fact: { container: { name: 'web' }, show: 'state' } },
            kind: 'single',
            choices: [
              { text: 'running', correct: true },
              { text: 'created', correct: false },
            ],
          },
          {
            ...question,
            id: 'web-pid',
            ask: 'PID?',
            kind: 'live',
            answer: { container: { name: 'web' }, show: 'pid' },
          },
        ],
      },
      {
        ...second,
        tasks: [
          {
            id: 'stop-web',
            goal: 'Stop web.',
            checks: [{ id: 'web-stopped', spec: { container: { name: 'web', state: 'exited' } }, holds: false }],
            hints: [],
            solution: 'docker stop web',
            mutants: [],
          },
        ],
      },
    ],
  });
}

export function container(name: string, change: Partial<ContainerFact> = {}): ContainerFact {
  return {
    id: 'c'.repeat(64),
    name,
    image: 'nginx',
    imageId: 'sha256:1',
    state: 'running',
    pid: 412,
    exitCode: null,
    oomKilled: false,
    createdAt: 1,
    startedAt: 2,
    finishedAt: null,
    restartCount: 0,
    command: ['nginx'],
    tty: false,
    createdByCli: true,
    labels: {},
    env: [],
    memoryBytes: null,
    cpus: null,
    pidsLimit: null,
    runtime: 'runc',
    networkMode: 'bridge',
    restartPolicy: 'no',
    ports: [],
    mounts: [],
    ...change,
  };
}

const daemon: Facts['daemon'] = {
  state: 'up',
  pid: 20,
  startTicks: 1,
  version: '26.1.5',
  apiVersion: '1.45',
  storageDriver: 'overlay2',
  cgroupVersion: '2',
  liveRestore: false,
  defaultRuntime: 'runc',
  runtimes: ['runc'],
  reason: null,
};

/** What a look sees while dockerd answers and has these containers. */
export const seen = (...containers: ContainerFact[]): Partial<Facts> => ({ daemon, containers });

/** What a look sees while dockerd does not answer. */
export const unseen = (): Partial<Facts> => ({
  daemon: { ...daemon, state: 'silent', reason: 'connection refused' },
  containers: null,
  gaps: [{ part: 'containers', reason: 'the daemon does not answer' }],
});
