import { sampleFacts } from '#data/testing/samples.ts';
import type { Facts } from '#domain/facts/facts.ts';
import type { ClaimAnswer, QueueTicket } from '#domain/protocol/claim.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { SandboxPort } from '#domain/protocol/ports.ts';
import type { RpcInput, RpcMethod, RpcOutput, TerminalInfo } from '#domain/protocol/rpc.ts';
import type { EndReason, Sandbox } from '#domain/protocol/sandbox.ts';
import type { AttemptDeps } from '../attempt-deps.ts';

/** A sandboxd of which a test says what it sees and when it is away; stands in for races that a real one makes rarely. */
export class FakeSandboxd implements Pick<AttemptDeps['sandboxd'], 'reachable'> {
  readonly sandboxes = new Map<string, Sandbox>();
  readonly terminals: TerminalInfo[] = [];
  readonly calls: { method: RpcMethod; input: unknown }[] = [];
  reachable = true;
  /** Who waits: their claims are answered with these. */
  readonly tickets = new Map<string, QueueTicket>();
  /** Attempts of the same learner that have a sandbox already. */
  elsewhere: string[] = [];
  ports: SandboxPort[] = [];
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

  async #answer(method: RpcMethod, input: { sandboxId: string; reason: EndReason } & RpcInput<'sandbox.claim'>) {
    switch (method) {
      case 'sandbox.claim':
        return this.#claim(input);
      case 'sandbox.of-attempt':
        return { sandbox: this.#living(input.attemptId) ?? null, ticket: this.tickets.get(input.attemptId) ?? null };
      case 'queue.leave':
        this.tickets.delete(input.attemptId);
        return {};
      case 'sandbox.get':
      case 'sandbox.touch':
      case 'sandbox.extend':
        return this.#get(input.sandboxId);
      case 'sandbox.end':
        return this.end(input.sandboxId, input.reason);
      case 'facts.get':
        await this.beforeFacts();
        return sampleFacts({ sandboxId: this.#get(input.sandboxId).id, ...this.facts });
      case 'sandbox.ports':
        return this.ports;
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

  #living(attemptId: string): Sandbox | undefined {
    return [...this.sandboxes.values()].find(one => one.attemptId === attemptId && one.state === 'ready');
  }

  #claim({ attemptId, fresh, giveUp }: RpcInput<'sandbox.claim'>): ClaimAnswer {
    const living = this.#living(attemptId);
    if (living && !fresh) return { answer: 'sandbox', sandbox: living };
    if (living) this.end(living.id, 'replaced');
    const inTheWay = this.elsewhere.filter(id => !giveUp?.includes(id));
    if (inTheWay.length > 0) return { answer: 'elsewhere', attempts: inTheWay };
    const ticket = this.tickets.get(attemptId);
    if (ticket) return { answer: 'queued', ticket };
    return { answer: 'sandbox', sandbox: this.give(attemptId) };
  }

  /** Hands a new sandbox to an attempt. */
  give(attemptId: string): Sandbox {
    this.tickets.delete(attemptId);
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
      suspendedAt: null,
      limits: { memoryBytes: 1, cpus: 1, pids: 1, diskBytes: 1, inodes: 1 },
      ended: null,
    };
    this.sandboxes.set(sandbox.id, sandbox);
    return sandbox;
  }
}
