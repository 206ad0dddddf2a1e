import { join } from 'node:path';
import type { Lab, Step } from '#domain/lab/lab.ts';
import { root } from '#scripts/setup/paths.ts';
import { loadCatalog } from '#server/catalog/load-catalog.ts';

export function labOf(slug: string): Lab {
  const lab = loadCatalog(join(root, 'labs')).lab('docker-engine', slug);
  if (!lab) throw new Error(`there is no lab ${slug}`);
  return lab;
}

export function stepOf(lab: Lab, slug: string): Step {
  const step = lab.steps.find(one => one.slug === slug);
  if (!step) throw new Error(`${lab.slug} has no step ${slug}`);
  return step;
}
