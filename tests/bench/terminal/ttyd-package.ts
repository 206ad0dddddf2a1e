import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateDir } from '#scripts/setup/paths.ts';
import { run } from '#scripts/setup/run.ts';

/** The Debian release that has ttyd 1.7.7; this machine's own sources are neither used nor changed. */
const SUITE = 'forky';
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** How to start ttyd: with its own libraries and its own loader, so that the machine's stay out of it. */
export interface TtydProgram {
  command: string[];
  /** libwebsockets finds its event loop by this; nothing else lies there, for the shell inherits it. */
  env: { LD_LIBRARY_PATH: string };
}

/** Debian's ttyd, unpacked below .belowdeck; rejects with the reason where it cannot be had. */
export async function obtainTtyd(): Promise<TtydProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('no ttyd for this kind of machine');
  const home = join(stateDir(), 'bench', 'ttyd');
  if (!existsSync(home)) await unpack(home);
  const libraries = join(home, 'usr/lib/x86_64-linux-gnu');
  const loader = join(libraries, 'ld-linux-x86-64.so.2');
  return {
    command: [loader, '--library-path', libraries, join(home, 'usr/bin/ttyd')],
    env: { LD_LIBRARY_PATH: join(home, 'plugins') },
  };
}

async function unpack(home: string): Promise<void> {
  if (!existsSync(KEYS)) throw new Error("ttyd comes from Debian, and this machine lacks Debian's keys");
  const work = `${home}.part`;
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['apt/none', 'apt/state/lists/partial', 'apt/cache/archives/partial', 'root/plugins'])
    mkdirSync(join(work, folder), { recursive: true });
  const list = join(work, 'apt/sources.list');
  writeFileSync(list, `deb [signed-by=${KEYS}] http://deb.debian.org/debian ${SUITE} main\n`);
  writeFileSync(join(work, 'apt/status'), '');
  const settings = {
    'Dir::Etc::SourceList': list,
    'Dir::Etc::SourceParts': join(work, 'apt/none'),
    'Dir::State': join(work, 'apt/state'),
    // Nothing counts as installed: every library comes along.
    'Dir::State::status': join(work, 'apt/status'),
    'Dir::Cache': join(work, 'apt/cache'),
    'APT::Sandbox::User': 'root',
    'APT::Install-Recommends': '0',
    'Debug::NoLocking': '1',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...options, 'update']);
  await run('apt-get', [...options, 'install', '--yes', '--download-only', 'ttyd']);
  const archives = join(work, 'apt/cache/archives');
  for (const file of readdirSync(archives).filter(name => name.endsWith('.deb')))
    await run('dpkg-deb', ['-x', join(archives, file), join(work, 'root')]);
  const plugin = 'libwebsockets-evlib_uv.so';
  cpSync(join(work, 'root/usr/lib/x86_64-linux-gnu', plugin), join(work, 'root/plugins', plugin));
  renameSync(join(work, 'root'), home);
  rmSync(work, { recursive: true, force: true });
}
