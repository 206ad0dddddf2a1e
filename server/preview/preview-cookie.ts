import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a preview's cookie says: who looks (by session), at which port of which sandbox, until when. */
const passSchema = z.object({ label: z.string(), port: z.number(), sessionId: z.string(), until: z.number() });
export type PreviewPass = z.infer<typeof passSchema>;

/** The cookie's name; under https no other host can set one of this name for us. */
export function previewCookieName(https: boolean): string {
  return https ? '__Host-belowdeck-preview' : 'belowdeck-preview';
}

/** Signs passes, and believes only what it signed. */
export function createPasses(secret: string, now: () => number = Date.now) {
  const sign = (body: string) => createHmac('sha256', secret).update(`preview pass ${body}`).digest();
  return {
    seal(pass: PreviewPass): string {
      const body = Buffer.from(JSON.stringify(pass)).toString('base64url');
      return `${body}.${sign(body).toString('base64url')}`;
    },
    open(text: string): PreviewPass | null {
      const [body = '', mac = '', ...rest] = text.split('.');
      const given = Buffer.from(mac, 'base64url');
      const right = sign(body);
      if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const pass = passSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).data;
      return pass && pass.until > now() ? pass : null;
    },
  };
}

export type Passes = ReturnType<typeof createPasses>;

/** Every value that a Cookie header has for a name: another page may have put one of the same name beside ours. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`))
    .map(pair => pair.slice(name.length + 1));
}
