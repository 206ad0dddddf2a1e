import { expect, it } from 'vitest';
import type { EngineClient } from '../engine/engine-client.ts';
import { recordOf } from '../pool/testing/records.ts';
import { sandboxAddress } from './sandbox-address.ts';

const id = '0123456789ab';
const inspect = {
  Config: { Labels: { 'belowdeck.sandbox': id } },
  State: { Running: true },
  NetworkSettings: { Networks: { [`belowdeck-${id}`]: { IPAddress: '10.213.0.2', Gateway: '10.213.0.1' } } },
};
const asked: string[] = [];
/** The sandbox host's engine, which says `answer`. */
const engine = (answer: object) =>
  ({
    json: async (schema: { parse(value: unknown): unknown }, { path }: { path: string }) => {
      asked.push(path);
      return schema.parse(answer);
    },
  }) as unknown as EngineClient;
const on = (networks: object) => ({ ...inspect, NetworkSettings: { Networks: networks } });

it('is what the engine gave the sandbox on its own bridge', async () => {
  expect(await sandboxAddress(engine(inspect), recordOf(id))).toBe('10.213.0.2');
  expect(asked).toEqual([`/containers/container-${id}/json`]);
});

it.each([
  ['a container that has stopped', { ...inspect, State: { Running: false } }],
  ['another sandbox’s container', { ...inspect, Config: { Labels: { 'belowdeck.sandbox': 'ffffffffffff' } } }],
  ['another network', on({ bridge: { IPAddress: '172.17.0.2', Gateway: '172.17.0.1' } })],
  ['no address', on({ [`belowdeck-${id}`]: { IPAddress: '', Gateway: '' } })],
  ['no IPv4 address', on({ [`belowdeck-${id}`]: { IPAddress: 'localhost', Gateway: '10.213.0.1' } })],
  ['the address of the sandbox host', on({ [`belowdeck-${id}`]: { IPAddress: '10.213.0.1', Gateway: '10.213.0.1' } })],
])('is none for %s', async (_, answer) => {
  await expect(sandboxAddress(engine(answer), recordOf(id))).rejects.toMatchObject({ code: 'sandbox-ended' });
});

it('is none without a container', async () => {
  const record = { ...recordOf(id), containerId: null };
  await expect(sandboxAddress(engine(inspect), record)).rejects.toMatchObject({ code: 'sandbox-ended' });
});
