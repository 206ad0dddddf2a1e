// The import table of docs/architecture.md, enforced. Each rule's comment is quoted in the error.
const packages = 'node_modules|^[a-z@][^.]*$|^node:';
const own = {
  domain: '^domain/',
  data: '^data/',
  sandboxd: '^sandboxd/',
  server: '^server/',
  components: '^components/',
  app: '^app/',
};
const tests = '\\.test\\.tsx?$|/testing/';

/** `from` may import, of our own folders, only `allowed`. */
function only(name, from, allowed, comment) {
  return {
    name,
    severity: 'error',
    comment,
    from: { path: from, pathNot: tests },
    to: {
      path: '^(app|components|data|domain|sandboxd|server|prisma|labs|lab-images|scripts|tests)/',
      pathNot: allowed,
    },
  };
}

export default {
  forbidden: [
    only('domain-is-pure', own.domain, '^domain/', '"domain: itself, zod; no other package"'),
    {
      name: 'domain-needs-only-zod',
      severity: 'error',
      comment: '"domain: itself, zod; no other package": no I/O, no clock, no framework',
      from: { path: own.domain, pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], pathNot: '^(node_modules/)?zod' },
    },
    only('data-imports', own.data, '^(data|domain|prisma/generated)/', '"data: domain" (and the generated client)'),
    only('sandboxd-imports', own.sandboxd, '^(sandboxd|domain)/', '"sandboxd: domain"'),
    only('server-imports', own.server, '^(server|domain|data)/', '"server: domain, data"'),
    only('components-imports', own.components, '^(components|domain)/', '"components: domain, other components"'),
    only(
      'app-imports',
      own.app,
      '^(app|domain|data|components)/|^server/runtime\\.ts$',
      '"app: domain, data, components, and only server/runtime.ts"',
    ),
    {
      name: 'nobody-imports-scripts-or-tests',
      severity: 'error',
      comment: '"scripts, tests: nothing imports them"',
      from: { path: '^(app|components|data|domain|sandboxd|server)/', pathNot: tests },
      to: { path: '^(scripts|tests)/' },
    },
    {
      name: 'no-docker-in-the-web-process',
      severity: 'error',
      comment: 'The web process never holds a Docker socket: Docker clients live in sandboxd',
      from: { path: '^(app|components|data|server)/' },
      to: { path: 'dockerode|docker-modem' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle of imports hides who owns what',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'Every import must resolve',
      from: {},
      to: { couldNotResolve: true, pathNot: '^mdast$' } /* types only, from @types/mdast */,
    },
  ],
  options: {
    doNotFollow: { path: packages },
    exclude: { path: '^(\\.next|\\.belowdeck|prisma/generated)' },
    // TypeScript 7 has no API for other tools yet; swc reads the sources.
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
