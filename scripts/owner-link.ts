// npm run owner-link: prints a link that makes its holder the owner (admin), also when the owner lost the password.
import { parseArgs } from 'node:util';
import { consoleReporter } from './setup/images/reporter.ts';
import { makeOwnerLink } from './setup/owner-link.ts';
import { stateDir } from './setup/paths.ts';
import { ensurePrismaClient } from './setup/prisma-client.ts';
import { endWith } from './setup/refusal.ts';
import { databaseUrl, listenAddress } from './setup/web-env.ts';

try {
  parseArgs({});
  await ensurePrismaClient(consoleReporter(process.stdout));
  console.log(
    `Open this once, within a day, while Belowdeck runs:\n  ${await makeOwnerLink(databaseUrl(process.env, stateDir()), listenAddress(process.env).url)}`,
  );
} catch (error) {
  endWith(error);
}
