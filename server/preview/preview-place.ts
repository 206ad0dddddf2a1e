import { isLoopback } from '../http/host.ts';
import type { PreviewPlace } from './preview-host.ts';

const hostPattern = /^(?=.{1,190}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/**
 * Where previews live, from BELOWDECK_URL and BELOWDECK_PREVIEW_HOST. On loopback they need no setting: browsers take
 * every name below "localhost" for this machine. Null: none was set, so there are no previews. A string: what is wrong.
 */
export function previewPlace(url: string, previewHost: string | undefined): PreviewPlace | null | string {
  const app = new URL(url);
  const protocol = app.protocol === 'https:' ? 'https' : 'http';
  if (previewHost === undefined)
    return isLoopback(app.hostname) ? { protocol, hostname: 'localhost', port: app.port } : null;
  const [, hostname = '', port = ''] = /^([^:/]+)(?::(\d{1,5}))?$/.exec(previewHost.toLowerCase()) ?? [];
  const here = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (!here && (!hostPattern.test(hostname) || /^[\d.]+$/.test(hostname)))
    return 'must be a host name such as preview.example.org (with a wildcard *.preview.example.org in DNS), without https://';
  if (protocol === 'http' && !here)
    return 'needs BELOWDECK_URL=https://…: cookies of previews and of the app are kept apart by https';
  if (hostname === app.hostname && !here) return 'must not be the host of BELOWDECK_URL itself';
  if (app.hostname.endsWith(`.${hostname}`)) return 'must not be above the host of BELOWDECK_URL';
  return { protocol, hostname, port: port || (here ? app.port : '') };
}
