/** @type {import('next').NextConfig} */
export default {
  // Several development servers may run on one checkout; each then needs its own build folder.
  distDir: process.env.BELOWDECK_DIST_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Native addons and packages that look for files beside themselves must be loaded by Node, not bundled.
  serverExternalPackages: [
    '@libsql/client',
    '@node-rs/argon2',
    '@prisma/adapter-libsql',
    '@prisma/client',
    'koffi',
    'libsql',
    'node-pty',
    'pino',
  ],
};
