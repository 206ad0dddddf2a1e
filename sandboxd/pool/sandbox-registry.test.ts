import { describe, expect, it } from 'vitest';
import { poolLimits } from './pool-limits.ts';
import { memoryRegistry, recordOf } from './testing/records.ts';

const id = 'aaaaaaaaaaaa';

describe('the registry', () => {
  it('tells the unknown from the ended', () => {
    const { registry } = memoryRegistry([recordOf(id, { state: 'ended' })]);
    expect(() => registry.get('bbbbbbbbbbbb')).toThrow(expect.objectContaining({ code: 'sandbox-not-found' }));
    expect(() => registry.getLiving(id)).toThrow(expect.objectContaining({ code: 'sandbox-ended' }));
    expect(registry.get(id).sandbox.state).toBe('ended');
  });

  it('finds the living sandbox of an attempt only', () => {
    const { registry } = memoryRegistry([recordOf(id, { attemptId: 'a', state: 'stopping' })]);
    expect(registry.findByAttempt('a')).toBeUndefined();
    registry.put(recordOf('bbbbbbbbbbbb', { attemptId: 'a' }));
    expect(registry.findByAttempt('a')?.sandbox.id).toBe('bbbbbbbbbbbb');
  });

  it('has written down what it tells', () => {
    const { registry, saved } = memoryRegistry([recordOf(id)]);
    const told: (string | undefined)[] = [];
    const stop = registry.onChange(() => told.push(saved.get(id)?.sandbox.attemptId ?? undefined));
    registry.update(id, { attemptId: 'a' });
    stop();
    registry.update(id, { attemptId: 'b' });
    expect(told).toEqual(['a']);
  });

  it('notes activity without telling, and writes it down now and then', () => {
    let now = 1_000_000;
    const { registry, saved } = memoryRegistry([recordOf(id)], () => now);
    registry.onChange(() => expect.unreachable());
    registry.touch(id);
    now += 1;
    registry.touch(id);
    expect(registry.get(id).sandbox.activeAt).toBe(1_000_001);
    expect(saved.get(id)?.sandbox.activeAt).toBe(1_000_000);
    now += poolLimits.saveActivityMs;
    registry.touch(id);
    expect(saved.get(id)?.sandbox.activeAt).toBe(now);
    registry.touch('bbbbbbbbbbbb');
  });

  it('forgets for good', () => {
    const { registry, saved } = memoryRegistry();
    registry.put(recordOf(id));
    registry.forget(id);
    expect([registry.find(id), saved.size]).toEqual([undefined, 0]);
  });

  it('goes on in memory when nothing can be written down, but gives nothing away', () => {
    const { registry, saved, disk } = memoryRegistry([recordOf(id, { suspendedAt: 5 })]);
    const told: (string | null)[] = [];
    registry.onChange(record => told.push(record.sandbox.attemptId));
    disk.full = true;
    registry.touch(id);
    registry.update(id, { suspendedAt: null });
    expect(registry.get(id).sandbox.suspendedAt).toBeNull();
    const given = recordOf(id, { attemptId: 'a' });
    expect(() => registry.put(given)).toThrow('ENOSPC');
    expect([registry.get(id).sandbox.attemptId, told, disk.unsaved]).toEqual([null, [null], [id, id]]);
    disk.full = false;
    registry.put(given);
    expect([saved.get(id)?.sandbox.attemptId, told]).toEqual(['a', [null, 'a']]);
  });
});
