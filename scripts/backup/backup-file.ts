import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, link, open, rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Refusal } from '../setup/refusal.ts';

// One file: a line that says what it is and seals the next one, a line of JSON, then the database as its own tools
// write it. So it can be opened without us: `tail -n +3 FILE | gunzip` is a SQLite database.

const magic = 'BELOWDECK-BACKUP';
const formatVersion = 1;
/** The two lines are shorter; what is longer is not ours. */
const headerMaxBytes = 256 * 1024;

const manifestSchema = z.strictObject({
  /** Version of Belowdeck that made it. */
  belowdeck: z.string(),
  kind: z.enum(['sqlite', 'postgresql']),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** Major version of the PostgreSQL server; null for SQLite. */
  server: z.number().int().nullable(),
  /** What was applied to the database, oldest first. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
  /** Of what follows the manifest. */
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Writes the file from a finished payload, all or nothing, readable by its owner only. Never over another file. */
export async function writeBackupFile(
  file: string,
  facts: Omit<Manifest, 'bytes' | 'sha256'>,
  payload: string,
): Promise<Manifest> {
  const manifest = { ...facts, ...(await sealOf(payload, 0)) };
  const line = JSON.stringify(manifest);
  const partial = `${file}.partial`;
  try {
    const out = createWriteStream(partial, { mode: 0o600, flush: true });
    out.write(`${magic} ${formatVersion} ${sha256(line)}\n${line}\n`);
    await pipeline(createReadStream(payload), out);
    // Unlike a rename, a link fails where there is a file already.
    await link(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
  return manifest;
}

/** Reads what the file says of itself and checks every byte of it. `payloadAt`: where the database begins. */
export async function readBackupFile(file: string): Promise<{ manifest: Manifest; payloadAt: number }> {
  const damaged = (what: string) =>
    new Refusal(
      `${file} is not a whole backup: ${what}.`,
      'Nothing was changed. Take another copy of it, or an older backup.',
    );
  const handle = await open(file).catch(() => {
    throw new Refusal(`${file} cannot be read.`, 'Nothing was changed. Name the file: npm run restore -- FILE');
  });
  const header = await readHeader(handle).finally(() => handle.close());
  const [first = '', line = ''] = header.split('\n');
  const [word, version, seal] = first.split(' ');
  if (word !== magic) throw damaged('it does not begin as one');
  if (version !== String(formatVersion))
    throw new Refusal(`${file} has format ${version}, which is newer.`, 'Nothing was changed. Update Belowdeck first.');
  if (sha256(line) !== seal) throw damaged('its description was changed');
  const manifest = manifestSchema.parse(JSON.parse(line));
  const payloadAt = Buffer.byteLength(`${first}\n${line}\n`);
  const found = await sealOf(file, payloadAt);
  if (found.bytes !== manifest.bytes) throw damaged(`it has ${found.bytes} bytes of ${manifest.bytes}`);
  if (found.sha256 !== manifest.sha256) throw damaged('its content was changed');
  return { manifest, payloadAt };
}

async function readHeader(handle: FileHandle): Promise<string> {
  const buffer = Buffer.alloc(headerMaxBytes);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
  return buffer.toString('utf8', 0, bytesRead);
}

async function sealOf(file: string, from: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const counted = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null);
    },
  });
  counted.resume();
  const { size } = await stat(file);
  await pipeline(createReadStream(file, { start: from }), counted);
  return { bytes: Math.max(0, size - from), sha256: hash.digest('hex') };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
