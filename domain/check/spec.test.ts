import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkSpecSchema, factQuerySchema } from './spec.ts';

const messages = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
};

describe('checkSpecSchema', () => {
  it.each([
    { container: { name: 'web', state: 'running', image: 'nginx' } },
    { container: { absent: true } },
    { process: { of: 'web-runs', exe: 'nginx', unchanged: true } },
    { process: { exe: 'nginx', of: 'web', namespaces: { with: 'sandbox', differ: ['pid', 'net'], shared: ['user'] } } },
    { process: { exe: 'dockerd', restarted: true } },
    { daemon: { service: 'dockerd', running: true } },
    { event: { inOrder: [{ action: 'create' }, { action: 'start' }] } },
    { file: { path: '/etc/docker/daemon.json', json: { path: 'live-restore', equals: true } } },
    { cgroup: { of: 'web', memoryLimit: '512m' } },
    { image: { reference: 'nginx', absent: true } },
    { answer: { question: 'who-adopts' } },
    { all: [{ not: { container: { name: 'web' } } }, { any: [{ image: { reference: 'a' } }] }] },
  ])('takes %j and leaves it as it is', spec => {
    expect(checkSpecSchema.parse(spec)).toEqual(spec);
  });

  it.each([
    [{}, ': a check has exactly one kind; this one is empty (several: use all)'],
    [
      { container: { name: 'a' }, image: { reference: 'b' } },
      ': a check has exactly one kind; this one names container and image (several: use all)',
    ],
    [{ contaner: { name: 'a' } }, ': Unrecognized key: "contaner"'],
    [{ container: { nmae: 'a' } }, 'container: Unrecognized key: "nmae"'],
    [{ all: [{ container: { nmae: 'a' } }] }, 'all.0.container: Unrecognized key: "nmae"'],
    [{ container: { name: 'a', absent: false } }, 'container.absent: write true or leave the field out'],
    [{ container: { name: 'a', absent: true, count: 2 } }, 'container.count: cannot stand beside absent'],
    [{ container: { name: 'a', memory: 'much' } }, 'container.memory: write a size such as 512m or 1g, or none'],
    [{ process: { uid: 0 } }, 'process: say which process: give exe, argv, of, parent or ancestor'],
    [
      { daemon: { service: 'containerd', version: '2.*' } },
      'daemon.version: is a setting of dockerd, not of containerd',
    ],
    [{ file: { path: 'etc/hosts' } }, 'file.path: write an absolute path'],
    [{ file: { path: '/a/../etc/hosts' } }, 'file.path: write the path without ..'],
    [{ event: {} }, 'event: say which event: give type, action, name, of or attributes, or inOrder'],
  ])('refuses %j, naming the place and the remedy', (spec, message) => {
    expect(messages(checkSpecSchema, spec)).toContain(message);
  });

  it('becomes a JSON schema for editors', () => {
    const schema = z.toJSONSchema(z.object({ check: checkSpecSchema, query: factQuerySchema }), { io: 'input' });
    const text = JSON.stringify(schema);
    expect(text).toContain('createdByCli');
    expect(text).toContain('"maxProperties":1');
    expect(text).toContain('innerPid');
  });
});

describe('factQuerySchema', () => {
  it.each([
    { process: { exe: 'containerd-shim-runc-v2', of: 'web' }, show: 'parent' },
    { container: { name: 'web' }, show: 'id' },
    { daemon: { service: 'dockerd' }, show: 'version' },
    { event: { type: 'container' }, show: 'sequence' },
  ])('takes %j', query => {
    expect(factQuerySchema.parse(query)).toEqual(query);
  });

  it.each([
    [{ show: 'pid' }, ': a question about the sandbox has exactly one of process, container'],
    [{ daemon: { service: 'dockerd' }, show: 'innerPid' }, 'show: of a daemon can be shown: state, pid, version'],
    [{ container: { nam: 'x' }, show: 'id' }, 'container: Unrecognized key: "nam"'],
  ])('refuses %j', (query, message) => {
    expect(messages(factQuerySchema, query).join('\n')).toContain(message);
  });
});
