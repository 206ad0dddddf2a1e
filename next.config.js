import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

// Several servers may run on one checkout (development, tests); each then needs its own build folder. Next writes that
// folder's name into the tsconfig it uses, so such a server gets a throw-away one and the committed one stays as it is.
const ownDistDir = process.env.BELOWDECK_DIST_DIR;
const ownTsconfig = ownDistDir ? `${ownDistDir}.tsconfig.json` : undefined;
if (ownTsconfig) {
  mkdirSync(dirname(ownTsconfig), { recursive: true });
  const committed = relative(dirname(ownTsconfig), 'tsconfig.json');
  writeFileSync(ownTsconfig, JSON.stringify({ extends: committed.startsWith('.') ? committed : `./${committed}` }));
}

/** @type {import('next').NextConfig} */
export default {
  distDir: ownDistDir ?? '.next',
  // `npm run check` type-checks; a build on a user's machine need not do it again.
  typescript: { tsconfigPath: ownTsconfig ?? 'tsconfig.json', ignoreBuildErrors: true },
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Native addons and packages that look for files beside themselves must be loaded by Node, not bundled.
  serverExternalPackages: [
    '@libsql/client',
    '@prisma/adapter-libsql',
    '@prisma/client',
    'koffi',
    'libsql',
    'node-pty',
    'pino',
  ],
};
