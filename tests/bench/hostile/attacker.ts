// A program of its own (see attacker-process.ts): what a hostile learner's machine does must not delay the clocks of the
// one who measures. It says one line per order it took.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { terminalLimits } from '#domain/protocol/terminal-frames.ts';
import { rateLimits } from '#server/http/rate-limits.ts';
import { benchLimits } from '#tests/bench/support/bench-limits.ts';
import { type LineDriver, prompt, promptOf } from '#tests/bench/support/line-driver.ts';
import { attachLine } from '#tests/bench/terminal/belowdeck-lines.ts';
import { attacks, flood } from './attacks.ts';
import { learnerAtStep } from './learner-at-step.ts';

/** Terminals that a sandbox may have. */
const TERMINALS = terminalLimits.maxPerSandbox;

const [url = ''] = process.argv.slice(2);
const learner = await learnerAtStep(url, 'process-tree', 'after');
let { sandbox } = learner;
/** Why the sandbox was ended, once it is. */
let lost = Promise.withResolvers<string>();
learner.onMessage(message => {
  if (message.type !== 'sandbox' || !message.sandbox?.ended) return;
  if (message.sandbox.id === sandbox) lost.resolve(message.sandbox.ended.reason);
});
const lines: LineDriver[] = [];
await openLines();
say({ ready: learner.sandbox });

for await (const text of createInterface({ input: process.stdin })) {
  const order = JSON.parse(text) as { attack: string; seconds: number };
  if (order.attack === 'leave') break;
  const carriedOut = order.attack === flood.name ? floodTerminals(order.seconds) : attackUntilOver(order);
  await carriedOut.then(
    proof => say({ proof }),
    (error: Error) => say({ failed: error.message }),
  );
}
await learner.close().catch(() => {});
process.exit();

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

/** One is open since the sandbox was handed over. */
async function openLines(): Promise<void> {
  for (let i = 1; i < TERMINALS; i++) {
    const { id } = await learner.guest.openTerminal(learner.attempt);
    lines.push(await promptOf(Promise.resolve(attachLine(learner.guest, learner.attempt, id))));
  }
}

/** A sandbox that was ended for what it did is replaced, and attacks again. */
async function attackUntilOver({ attack, seconds }: { attack: string; seconds: number }): Promise<string> {
  const until = Date.now() + seconds * 1_000;
  let [ends, why] = [0, ''];
  for (let left = seconds; left > 1; left = Math.floor((until - Date.now()) / 1_000)) {
    const ended = lost.promise.then(reason => ({ reason }));
    const outcome = await Promise.race([runAttack(attack, left), ended]);
    if (typeof outcome === 'string') return ends === 0 ? outcome : `${outcome}, ${timesEnded(ends, why)}`;
    why = outcome.reason;
    ends++;
    for (const line of lines.splice(0)) await line.line.close();
    // As often as an account may in the long run.
    await sleep((rateLimits.sandbox.seconds / rateLimits.sandbox.points) * 1_000);
    sandbox = await learner.guest.startSandbox(learner.attempt);
    lost = Promise.withResolvers<string>();
    await openLines();
  }
  return timesEnded(ends, why);
}

function timesEnded(ends: number, why: string): string {
  return `its sandbox was ended ${ends} times: ${why}`;
}

async function runAttack(attack: string, seconds: number): Promise<string> {
  const [line] = lines;
  const known = attacks.find(one => one.name === attack);
  if (!known || !line) throw new Error(`no attack ${attack}`);
  line.forget();
  line.write(`${known.command(seconds)}\r`);
  await line.until(/PROOF: [^\r]*\r/, seconds * 1_000 + benchLimits.attackGraceMs);
  const proof = /PROOF: ([^\r]*)/.exec(line.tail)?.[1] ?? '';
  await line.until(prompt);
  if (!known.proof.test(proof)) throw new Error(`it did not happen: ${proof}`);
  return proof;
}

async function floodTerminals(seconds: number): Promise<string> {
  const before = bytesOf(lines);
  for (const line of lines) {
    line.forget();
    line.write(`${flood.command(seconds)}\r`);
  }
  await sleep(seconds * 1_000);
  const bytes = bytesOf(lines) - before;
  await sleep(benchLimits.restMs);
  // What is left may take long to arrive: fresh shells are quicker.
  for (const line of lines.splice(0)) await line.line.close();
  const proof = flood.proof(bytes, TERMINALS - 1);
  if (bytes < flood.least) throw new Error(`it did not happen: ${proof}`);
  return proof;
}

function bytesOf(all: readonly LineDriver[]): number {
  return all.reduce((sum, line) => sum + line.bytes, 0);
}
