import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { issuesToProblems } from '#domain/lab/issues-to-problems.ts';
import type { Course, Lab } from '#domain/lab/lab.ts';
import { courseYamlSchema } from '#domain/lab/lab-yaml.ts';
import { type Problem, problemAt } from '#domain/lab/problem.ts';
import type { Catalog } from './catalog.ts';
import { readLabFiles } from './lab-files.ts';
import { loadLab } from './load-lab.ts';
import { readYaml } from './yaml-source.ts';

function folders(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(entry => entry.name)
    .sort();
}

interface LoadedCourse {
  course: Course | null;
  labs: Lab[];
  /** By `course/lab/name`. */
  assets: Map<string, Uint8Array<ArrayBuffer>>;
  problems: Problem[];
}

function loadCourse(dir: string, slug: string): LoadedCourse {
  const file = `${slug}/course.yaml`;
  const source = readYaml(file, readFileSync(path.join(dir, file), 'utf8'));
  if (source.problems.length > 0) return { course: null, labs: [], assets: new Map(), problems: source.problems };
  const head = courseYamlSchema.safeParse(source.value);
  if (!head.success)
    return { course: null, labs: [], assets: new Map(), problems: issuesToProblems(source, head.error) };

  const onDisk = folders(path.join(dir, slug)).filter(name => existsSync(path.join(dir, slug, name, 'lab.yaml')));
  const problems: Problem[] = [];
  head.data.labs.forEach((name, index) => {
    if (!onDisk.includes(name)) {
      problems.push(
        problemAt(
          source,
          ['labs', index],
          `there is no ${slug}/${name}/lab.yaml`,
          'Write the lab, or take it off the list.',
        ),
      );
    } else if (head.data.labs.indexOf(name) !== index) {
      problems.push(problemAt(source, ['labs', index], `\`${name}\` is listed twice`, 'Keep one.'));
    }
  });
  for (const name of onDisk.filter(name => !head.data.labs.includes(name))) {
    problems.push(
      problemAt(
        source,
        ['labs'],
        `the lab \`${name}\` is on disk, but not on the list`,
        'Add it where it belongs in the order.',
      ),
    );
  }
  const listed = [...new Set(head.data.labs)].filter(name => onDisk.includes(name));
  const assets: LoadedCourse['assets'] = new Map();
  const loaded = listed.map(name => {
    const files = readLabFiles(path.join(dir, slug, name));
    for (const [file, bytes] of files) {
      if (file.startsWith('assets/'))
        assets.set(`${slug}/${name}/${file.slice('assets/'.length)}`, new Uint8Array(bytes));
    }
    return loadLab(slug, name, files, listed);
  });
  const labs = loaded.flatMap(({ lab }) => (lab ? [lab] : []));
  problems.push(...loaded.flatMap(one => one.problems));
  return {
    course: { slug, title: head.data.title, summary: head.data.summary, labs: labs.map(lab => lab.slug) },
    labs,
    assets,
    problems,
  };
}

/** Reads all courses below a directory. Never throws for what authors wrote: that stands in `problems()`. */
export function loadCatalog(dir: string): Catalog {
  const loaded = folders(dir)
    .filter(slug => existsSync(path.join(dir, slug, 'course.yaml')))
    .map(slug => loadCourse(dir, slug));
  const courses = loaded.flatMap(({ course }) => (course ? [course] : []));
  const labs = loaded.flatMap(one => one.labs);
  const assets = new Map(loaded.flatMap(one => [...one.assets]));
  const problems = loaded.flatMap(one => one.problems);
  return {
    courses: () => courses,
    lab: (course, slug) => labs.find(lab => lab.course === course && lab.slug === slug) ?? null,
    labs: course => labs.filter(lab => lab.course === course),
    asset: (course, slug, name) => assets.get(`${course}/${slug}/${name}`) ?? null,
    problems: () => problems,
  };
}
