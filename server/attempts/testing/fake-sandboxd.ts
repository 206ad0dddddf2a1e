import { sampleFacts } from '#data/testing/samples.ts';
import type { Facts } from '#domain/facts/facts.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { RpcInput, RpcMethod, RpcOutput, TerminalInfo } from '#domain/protocol/rpc.ts';
import type { EndReason, Sandbox } from '#domain/protocol/sandbox.ts';
import type { AttemptDeps } from '../attempt-deps.ts';

/** A sandboxd of which a test says what it sees and when it is away; stands in for races that a real one makes rarely. */
export class FakeSandboxd implements Pick<AttemptDeps['sandboxd'], 'reachable'> {
  readonly sandboxes = new Map<string, Sandbox>();
  readonly terminals: TerminalInfo[] = [];
  readonly calls: { method: RpcMethod; input: unknown }[] = [];
  reachable = true;
  /** What a look sees. */
  facts: Partial<Facts> = {};
  /** Runs before a look answers: a test can hold it there. */
  beforeFacts: () => Promise<void> = async () => undefined;
  #made = 0;

  readonly call = async <M extends RpcMethod>(method: M, input: RpcInput<M>): Promise<RpcOutput<M>> => {
    this.calls.push({ method, input });
    if (!this.reachable) throw new CodedError('host-unreachable', 'away');
    return (await this.#answer(method, input as never)) as RpcOutput<M>;
  };

  /** A sandbox ends without anybody asking. */
  end(id: string, reason: EndReason): Sandbox {
    const ended: Sandbox = { ...this.#get(id), state: 'ended', ended: { reason, at: 5, detail: '' } };
    this.sandboxes.set(id, ended);
    return ended;
  }

  count(method: RpcMethod): number {
    return this.calls.filter(call => call.method === method).length;
  }

  async #answer(method: RpcMethod, input: { sandboxId: string; attemptId: string; reason: EndReason }) {
    switch (method) {
      case 'sandbox.claim':
        return this.#claim(input.attemptId);
      case 'sandbox.get':
      case 'sandbox.touch':
      case 'sandbox.extend':
        return this.#get(input.sandboxId);
      case 'sandbox.end':
        return this.end(input.sandboxId, input.reason);
      case 'facts.get':
        await this.beforeFacts();
        return sampleFacts({ sandboxId: this.#get(input.sandboxId).id, ...this.facts });
      case 'terminal.list':
        return this.terminals.filter(terminal => terminal.sandboxId === input.sandboxId);
      default:
        return {};
    }
  }

  #get(id: string): Sandbox {
    const sandbox = this.sandboxes.get(id);
    if (!sandbox) throw new CodedError('sandbox-not-found', id);
    return sandbox;
  }

  #claim(attemptId: string): Sandbox {
    const living = [...this.sandboxes.values()].find(one => one.attemptId === attemptId && one.state === 'ready');
    if (living) return living;
    this.#made += 1;
    const sandbox: Sandbox = {
      id: String(this.#made).padStart(12, '0'),
      attemptId,
      image: 'engine',
      egress: false,
      state: 'ready',
      createdAt: 1,
      claimedAt: 1,
      expiresAt: 1_000_000,
      activeAt: 1,
      idleMs: 1_000,
      limits: { memoryBytes: 1, cpus: 1, pids: 1, diskBytes: 1, inodes: 1 },
      ended: null,
    };
    this.sandboxes.set(sandbox.id, sandbox);
    return sandbox;
  }
}
