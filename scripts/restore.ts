// npm run restore -- FILE: a backup in place of the database, which is kept beside it. Belowdeck must be stopped.
import { parseArgs } from 'node:util';
import { restoreBackup } from './backup/backup-and-restore.ts';
import { stateDir } from './setup/paths.ts';
import { endWith, Refusal } from './setup/refusal.ts';
import { databaseUrl } from './setup/web-env.ts';

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new Refusal('One file is needed.', 'npm run restore -- backups/belowdeck-….backup');
  const url = databaseUrl(process.env, stateDir());
  const { manifest, applied, kept } = await restoreBackup(url, file, new Date());
  console.log(`✓ The database is as it was at ${manifest.createdAt}.`);
  if (applied.length > 0) console.log(`  Brought up to this version: ${applied.join(', ')}`);
  console.log(kept === null ? '  There was none before.' : `  The one before is kept: ${kept}`);
  console.log('  npm start goes on with it.');
} catch (error) {
  endWith(error);
}
