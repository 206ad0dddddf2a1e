const methods = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']);

/** What a request is counted as. Few values, whatever path somebody asks for. */
export function routeKind(url: string | undefined): 'health' | 'metrics' | 'api' | 'asset' | 'page' {
  const path = url?.split('?', 1)[0] ?? '/';
  if (/^\/(?:healthz|readyz|api\/health|api\/ready)$/.test(path)) return 'health';
  if (path === '/metrics') return 'metrics';
  if (path.startsWith('/api/')) return 'api';
  return path.startsWith('/_next/') || /\.(?:svg|png|ico|woff2)$/.test(path) ? 'asset' : 'page';
}

export function methodLabel(method: string | undefined): string {
  return method !== undefined && methods.has(method) ? method : 'other';
}

/** `/ws/<kind>/…` of the upgrade dispatcher. */
export function socketKind(path: string): 'attempt' | 'terminal' | 'class' | 'other' {
  const kind = /^\/ws\/([a-z]+)\//.exec(path)?.[1];
  return kind === 'attempt' || kind === 'terminal' || kind === 'class' ? kind : 'other';
}
