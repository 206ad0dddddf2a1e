import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import { can } from '#domain/access/policies.ts';
import { type Route, routeTable } from '#domain/access/route-table.ts';

const files = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
    .map(entry => relative('.', join(entry.parentPath, entry.name)).split(sep).join('/'));
const listed = (kind: Route['kind']) =>
  routeTable
    .filter(route => route.kind === kind)
    .map(route => route.name)
    .sort();

/** "app/(admin)/admin/users/page.tsx" → "/admin/users" */
const pathOf = (file: string) =>
  `/${file
    .split('/')
    .slice(1, -1)
    .filter(part => !part.startsWith('('))
    .join('/')}`;

it('names every page', () => {
  expect(listed('page')).toEqual(
    files('app')
      .filter(file => file.endsWith('/page.tsx'))
      .map(pathOf)
      .sort(),
  );
});

it('names every route handler with its methods', () => {
  const handlers = files('app')
    .filter(file => file.endsWith('/route.ts'))
    .flatMap(file => {
      const exported =
        readFileSync(file, 'utf8').match(/^export .*\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b.*$/gm) ?? [];
      const methods = exported.flatMap(line => line.match(/\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g) ?? []);
      expect(methods, file).not.toEqual([]);
      return methods.map(method => `${method} ${pathOf(file)}`);
    });
  expect(listed('api')).toEqual(handlers.sort());
});

it('names every server action', () => {
  const actions = files('app').flatMap(file => {
    const text = readFileSync(file, 'utf8');
    if (!/^\s*['"]use server['"]/m.test(text)) return [];
    expect(text.trimStart(), `${file}: 'use server' belongs on the first line`).toMatch(/^'use server'/);
    return [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(match => match[1] ?? '');
  });
  expect(listed('action')).toEqual(actions.sort());
});

it('names every WebSocket', () => {
  const patterns = files('server/gateway').flatMap(file => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(/pattern: \/\^(.+)\$\/,/g)].map(match =>
      (match[1] ?? '').replaceAll('\\/', '/').replace(/\(\?<(\w+)>[^)]*\)/g, '[$1]'),
    );
  });
  expect(listed('socket')).toEqual(patterns.sort());
});

it('has a gate for each that says who may, and keeps nobody in where a session is needed', () => {
  for (const { name, gate } of routeTable) {
    if (gate === 'open' || gate === 'signed-in') continue;
    const subject = { ownerId: 'a', taughtByViewer: true, memberRole: 'instructor', userId: 'a' } as never;
    expect(can(null, gate, subject), name).toBe(false);
  }
});
