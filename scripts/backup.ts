// npm run backup [-- --to FILE]: the database into one file, while Belowdeck runs or not.
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultBackupFile, makeBackup } from './backup/backup-and-restore.ts';
import { stateDir } from './setup/paths.ts';
import { endWith } from './setup/refusal.ts';
import { databaseUrl } from './setup/web-env.ts';

try {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  const now = new Date();
  const file = values.to ?? defaultBackupFile(now);
  const manifest = await makeBackup(databaseUrl(process.env, stateDir()), file, now);
  const kib = Math.ceil(statSync(file).size / 1024);
  console.log(`✓ ${file} (${kib} KiB, ${manifest.kind}, ${manifest.migrations.at(-1)?.name})`);
  console.log('  It has accounts and password hashes: keep it where you would keep those. npm run restore -- FILE');
} catch (error) {
  endWith(error);
}
