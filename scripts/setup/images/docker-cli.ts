import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';

/** A docker command failed, could not be started, or took too long. `stderr` is its own last words. */
export class DockerCliError extends Error {
  readonly code = 'docker-cli-failed';
  readonly stderr: string;
  constructor(args: readonly string[], stderr: string) {
    super(
      `docker ${args.slice(0, 3).join(' ')} … failed: ${stderr.trim().split('\n').slice(-3).join('\n') || 'no message'}`,
    );
    this.stderr = stderr;
  }
}

type RunOptions = {
  input?: string;
  timeoutMs?: number;
  /** Added to the environment of the docker CLI: for what must not show in a process list. */
  env?: Record<string, string>;
  /** Called for each line on either stream, for progress. */
  onLine?: (line: string) => void;
};

/** Bytes kept of each stream: enough for any answer read here, bounded for a build's log. */
const KEPT_BYTES = 256 * 1024;

// `default` is the builder inside the engine: another one would not see local images in FROM.
const env = { ...process.env, BUILDX_BUILDER: 'default', DOCKER_CLI_HINTS: 'false', BUILDKIT_PROGRESS: 'plain' };

/** Runs the docker CLI and answers its trimmed standard output. */
export async function docker(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn('docker', args, {
    env: { ...env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
  });
  const out = gather(child.stdout, options.onLine);
  const err = gather(child.stderr, options.onLine);
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const status = await ended(child);
  if (status !== 0)
    throw new DockerCliError(args, `${err()}${status === null ? '\nit took too long and was ended' : ''}`);
  return out().trim();
}

/** As `docker`, but false instead of an error: for questions such as "is there such an image". */
export async function dockerSucceeds(args: readonly string[]): Promise<boolean> {
  return docker(args).then(
    () => true,
    () => false,
  );
}

/** Streams one docker command's output into another's input, as a shell's pipe does. */
export async function dockerPipe(
  from: readonly string[],
  into: readonly string[],
  onBytes: (total: number) => void = () => undefined,
): Promise<string> {
  const source = spawn('docker', from, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const sink = spawn('docker', into, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const sourceErr = gather(source.stderr);
  const sinkErr = gather(sink.stderr);
  const out = gather(sink.stdout);
  let total = 0;
  source.stdout.on('data', (chunk: Buffer) => {
    total += chunk.length;
    onBytes(total);
  });
  sink.stdin.on('error', () => source.kill());
  // A reader that ends early would otherwise leave the writer waiting for ever.
  sink.once('close', () => source.kill());
  source.stdout.pipe(sink.stdin);
  const [sourceStatus, sinkStatus] = await Promise.all([ended(source), ended(sink)]);
  if (sinkStatus !== 0) throw new DockerCliError(into, sinkErr());
  if (sourceStatus !== 0) throw new DockerCliError(from, sourceErr());
  return out().trim();
}

function gather(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): () => string {
  let kept = '';
  let partial = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    kept = (kept + chunk).slice(-KEPT_BYTES);
    if (!onLine) return;
    const lines = (partial + chunk).split('\n');
    partial = lines.pop()?.slice(-KEPT_BYTES) ?? '';
    for (const line of lines) if (line.trim()) onLine(line.trim());
  });
  return () => kept;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** Gives a file to a docker command as its input. */
export async function dockerFromFile(file: string, args: readonly string[]): Promise<void> {
  const source = await open(file);
  await withFile(source, args, [source.fd, 'ignore', 'pipe']);
}

/** Writes a docker command's output to a file. */
export async function dockerToFile(args: readonly string[], file: string): Promise<void> {
  const target = await open(file, 'w');
  await withFile(target, args, ['ignore', target.fd, 'pipe']);
}

async function withFile(file: FileHandle, args: readonly string[], stdio: StdioOptions): Promise<void> {
  try {
    const child = spawn('docker', args, { env, stdio });
    const err = child.stderr ? gather(child.stderr) : () => '';
    if ((await ended(child)) !== 0) throw new DockerCliError(args, err());
  } finally {
    await file.close();
  }
}
