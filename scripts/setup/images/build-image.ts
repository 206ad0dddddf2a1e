import { docker, dockerSucceeds } from './docker-cli.ts';
import type { Reporter } from './reporter.ts';

type Build = {
  title: string;
  /** `name:hash`: an image of that name is up to date by definition, since the hash covers its inputs. */
  tag: string;
  context: string;
  dockerfile?: string;
  args?: Record<string, string>;
};

/** Builds one image unless it is there. Answers its tag. */
export async function buildImage(build: Build, report: Reporter): Promise<string> {
  if (await imageExists(build.tag)) return build.tag;
  await report.step(build.title, progress => runBuild(build, progress));
  return build.tag;
}

/** Whether the host's Docker has an image of that name. */
export function imageExists(tag: string): Promise<boolean> {
  return dockerSucceeds(['image', 'inspect', tag]);
}

async function runBuild(build: Build, progress: (detail: string) => void): Promise<void> {
  const args = Object.entries(build.args ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const dockerfile = build.dockerfile ? ['--file', build.dockerfile] : [];
  await docker(['build', '--tag', build.tag, '--label', 'belowdeck.image=1', ...dockerfile, ...args, build.context], {
    onLine: progress,
  });
}
