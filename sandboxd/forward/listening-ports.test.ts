import { expect, it } from 'vitest';
import { listeningPorts } from './listening-ports.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const rest = '00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0';
const four = (...rows: string[]) => head + rows.map((row, at) => `   ${at}: ${row} ${rest}\n`).join('');
const anywhere6 = '0'.repeat(32);
const loopback6 = '00000000000000000000000001000000';

it('reads who listens, and where', () => {
  const tcp = four(
    '00000000:1F90 00000000:0000 0A',
    '0100007F:1388 00000000:0000 0A',
    '0202D50A:0050 0102D50A:A1B2 01',
    '010011AC:0035 00000000:0000 0A',
  );
  const tcp6 = four(`${anywhere6}:0BB8 ${anywhere6}:0000 0A`, `${loopback6}:1F90 ${anywhere6}:0000 0A`);
  expect(listeningPorts(tcp, tcp6)).toEqual([
    { port: 53, anywhere: false },
    { port: 3000, anywhere: true },
    { port: 5000, anywhere: false },
    { port: 8080, anywhere: true },
  ]);
});

it('passes over what is no table, or was cut', () => {
  expect(listeningPorts(null, '', head, 'nonsense\n 1: 00000000:1F9')).toEqual([]);
});
