import { expect, it } from 'vitest';
import { previewLimits } from './preview-limits.ts';
import { createTickets } from './preview-tickets.ts';

const place = { label: 'a', port: 80 };
const ticket = { ...place, sessionId: 's', path: '/' };

it('lets in once', () => {
  const tickets = createTickets();
  const code = tickets.issue(ticket);
  expect(tickets.redeem(code, place)).toEqual(ticket);
  expect(tickets.redeem(code, place)).toBeNull();
  expect(tickets.redeem('forged', place)).toBeNull();
});

it('lets in nowhere else, and is spent by the try', () => {
  const tickets = createTickets();
  for (const elsewhere of [
    { ...place, label: 'b' },
    { ...place, port: 81 },
  ]) {
    const code = tickets.issue(ticket);
    expect(tickets.redeem(code, elsewhere)).toBeNull();
    expect(tickets.redeem(code, place)).toBeNull();
  }
});

it('is short-lived, and few are kept', () => {
  let now = 0;
  const tickets = createTickets(() => now);
  const early = tickets.issue(ticket);
  now += previewLimits.ticketMs;
  expect(tickets.redeem(early, place)).toBeNull();
  const first = tickets.issue(ticket);
  const codes = Array.from({ length: previewLimits.maxTickets }, () => tickets.issue(ticket));
  expect(tickets.redeem(first, place)).toBeNull();
  expect(tickets.redeem(codes.at(-1) ?? '', place)).toEqual(ticket);
});
