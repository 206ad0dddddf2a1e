import { linkProblems } from '#domain/lab/check-links.ts';
import { placementProblems } from '#domain/lab/check-placement.ts';
import { referenceProblems } from '#domain/lab/check-references.ts';
import { issuesToProblems } from '#domain/lab/issues-to-problems.ts';
import type { Lab, Step } from '#domain/lab/lab.ts';
import { labLimits, labYamlSchema } from '#domain/lab/lab-yaml.ts';
import type { StepOutline } from '#domain/lab/outline.ts';
import { type Problem, problemAt, type Source } from '#domain/lab/problem.ts';
import { toQuestion } from '#domain/lab/question-front-matter.ts';
import { stepFrontMatterSchema, toTask } from '#domain/lab/step-front-matter.ts';
import { hashLabFiles, type LabFiles } from './lab-files.ts';
import { outlineStep } from './outline-step.ts';
import { splitStep } from './split-step.ts';
import { readYaml } from './yaml-source.ts';

export interface LoadedLab {
  /** null when problems kept it from being built. */
  lab: Lab | null;
  problems: Problem[];
}

interface LoadedStep {
  step: Step;
  source: Source;
  outline: StepOutline;
}

/** `finish` is the address of the results page. */
const stepFile = /^steps\/\d{2}-(?!finish\.md$)([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/;

function wholeFile(file: string, message: string, remedy: string): Problem {
  return { file, line: 1, field: '', message, remedy };
}

function loadStep(file: string, slug: string, text: string): LoadedStep | Problem[] {
  if (Buffer.byteLength(text) > labLimits.stepBytes) {
    return [wholeFile(file, `is larger than ${labLimits.stepBytes} bytes`, 'Split the step: one page, one idea.')];
  }
  const cut = splitStep(text);
  if (!cut)
    return [
      wholeFile(file, 'expected front matter', 'Begin the file with a line `---`, the YAML, and another line `---`.'),
    ];
  const source = readYaml(file, cut.frontMatter, cut.frontMatterLine);
  if (source.problems.length > 0) return source.problems;
  const parsed = stepFrontMatterSchema.safeParse(source.value);
  if (!parsed.success) return issuesToProblems(source, parsed.error);
  const step: Step = {
    slug,
    title: parsed.data.title,
    body: cut.body,
    tasks: Object.entries(parsed.data.tasks).map(([id, task]) => toTask(id, task)),
    questions: Object.entries(parsed.data.questions).map(([id, question]) => toQuestion(id, question)),
  };
  return { step, source, outline: outlineStep(cut.body, cut.bodyLine) };
}

function loadSteps(prefix: string, files: LabFiles): { steps: LoadedStep[]; problems: Problem[] } {
  const steps: LoadedStep[] = [];
  const problems: Problem[] = [];
  for (const [name, bytes] of files) {
    if (!name.startsWith('steps/')) continue;
    const slug = stepFile.exec(name)?.[1];
    if (!slug) {
      problems.push(
        wholeFile(`${prefix}/${name}`, 'expected a name like steps/02-find-the-shim.md', 'Rename the file.'),
      );
      continue;
    }
    const loaded = loadStep(`${prefix}/${name}`, slug, bytes.toString('utf8'));
    if (Array.isArray(loaded)) problems.push(...loaded);
    else if (steps.some(other => other.step.slug === slug)) {
      problems.push(
        wholeFile(
          `${prefix}/${name}`,
          `another step is named ${slug} too`,
          'Names are unique without their number; rename one.',
        ),
      );
    } else steps.push(loaded);
  }
  return { steps, problems };
}

/** Builds one lab of its files and looks for everything that is wrong with it. `courseLabs` are what links may lead to. */
export function loadLab(course: string, slug: string, files: LabFiles, courseLabs: string[]): LoadedLab {
  const prefix = `${course}/${slug}`;
  const { steps, problems } = loadSteps(prefix, files);
  const labFile = `${prefix}/lab.yaml`;
  const source = readYaml(labFile, files.get('lab.yaml')?.toString('utf8') ?? '');
  problems.unshift(...source.problems);
  const head = labYamlSchema.safeParse(source.value);
  if (!head.success && source.problems.length === 0) problems.unshift(...issuesToProblems(source, head.error));
  if (!head.success || problems.length > 0) return { lab: null, problems };
  if (steps.length === 0)
    return { lab: null, problems: [wholeFile(labFile, 'expected steps, found none', 'Write steps/01-name.md.')] };

  const lab: Lab = { course, slug, ...head.data, steps: steps.map(({ step }) => step), hash: hashLabFiles(files) };
  const targets = {
    steps: lab.steps.map(step => step.slug),
    labs: courseLabs,
    assets: [...files.keys()].filter(name => name.startsWith('assets/')).map(name => name.slice('assets/'.length)),
  };
  for (const { step, source: stepSource, outline } of steps) {
    problems.push(...placementProblems(stepSource, step, outline), ...linkProblems(stepSource, outline, targets));
  }
  problems.push(
    ...referenceProblems(
      lab,
      steps.map(loaded => loaded.source),
    ),
  );
  const mutants = lab.steps.flatMap(step => step.tasks.flatMap(task => task.mutants)).length;
  if (mutants < labLimits.minMutants) {
    problems.push(
      problemAt(
        source,
        [],
        `${mutants} mutants in the whole lab, expected at least ${labLimits.minMutants}`,
        'Think of ways to look done without being done, and add them to the tasks.',
      ),
    );
  }
  return { lab: problems.length === 0 ? lab : null, problems };
}
