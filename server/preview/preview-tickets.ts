import { randomBytes } from 'node:crypto';
import { previewLimits } from './preview-limits.ts';

/** What a ticket lets one do: begin to look at one port of one sandbox, with one session. */
export interface Ticket {
  label: string;
  port: number;
  sessionId: string;
  /** Where to go on from, an absolute path with query. */
  path: string;
}

/** One-time, short-lived, kept in memory: after a restart of this process one clicks again. */
export interface Tickets {
  issue(ticket: Ticket): string;
  /** The ticket, once, and only at the place it was made for. A ticket shown anywhere else is spent too. */
  redeem(code: string, place: { label: string; port: number }): Ticket | null;
}

export function createTickets(now: () => number = Date.now): Tickets {
  const waiting = new Map<string, { ticket: Ticket; until: number }>();
  return {
    issue(ticket) {
      for (const [code, { until }] of waiting) {
        if (until > now() && waiting.size < previewLimits.maxTickets) break;
        waiting.delete(code);
      }
      const code = randomBytes(32).toString('base64url');
      waiting.set(code, { ticket, until: now() + previewLimits.ticketMs });
      return code;
    },
    redeem(code, place) {
      const found = waiting.get(code);
      waiting.delete(code);
      if (!found || found.until <= now()) return null;
      const { ticket } = found;
      return ticket.label === place.label && ticket.port === place.port ? ticket : null;
    },
  };
}
