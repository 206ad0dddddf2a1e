import type { WebSocket } from 'ws';
import { classesOf, classRows, classRowsOf } from '#data/class-results.ts';
import type { Db } from '#data/db.ts';
import { system } from '#data/system.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { ClassMessage } from '#domain/protocol/live.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { sendJson } from './send-json.ts';
import type { UpgradeRoute } from './upgrade-dispatcher.ts';

interface Table {
  classId: string;
  course: string;
  lab: string;
  tasks: string[];
}

export interface ClassLive {
  route: UpgradeRoute;
  /** Something of this attempt changed that a class table shows. */
  onProgress(attempt: { userId: string; course: string; lab: string }): void;
}

export interface ClassLiveOptions {
  db: Db;
  catalog: Pick<Catalog, 'lab'>;
  log: { warn(fields: object, text: string): void };
  /** How often a table is sent whole. */
  wholeMs?: number;
}

/** `/ws/class/<classId>/<course>/<lab>`: the table learner × task of one lab, and then the rows that change. */
export function createClassLive({
  db,
  catalog,
  log,
  wholeMs = gatewayLimits.wholeTableMs,
}: ClassLiveOptions): ClassLive {
  const open = new Map<WebSocket, Table>();
  const waiting = new Set<string>();

  const tableOf = ({ classId = '', course = '', lab = '' }: Record<string, string>): Table => {
    const found = catalog.lab(course, lab);
    if (!found) throw new CodedError('not-found', `no lab ${course}/${lab}`);
    return { classId, course, lab, tasks: found.steps.flatMap(step => step.tasks.map(task => task.id)) };
  };

  async function sendWhole(socket: WebSocket, viewer: Viewer, { classId, course, lab, tasks }: Table): Promise<void> {
    const rows = await classRows(db, viewer, classId, course, lab, tasks);
    sendJson(socket, { type: 'rows', whole: true, rows } satisfies ClassMessage);
  }

  async function tell(userId: string, course: string, lab: string): Promise<void> {
    const classes = await classesOf(db, system, userId);
    const tables = [...open].filter(([, table]) => table.course === course && table.lab === lab);
    for (const classId of classes) {
      const same = tables.filter(([, table]) => table.classId === classId);
      const tasks = same[0]?.[1].tasks;
      if (!tasks) continue;
      const rows = await classRowsOf(db, system, classId, course, lab, tasks, [userId]);
      for (const [socket] of same) sendJson(socket, { type: 'rows', whole: false, rows } satisfies ClassMessage);
    }
  }

  const report = (error: unknown) => log.warn({ err: error }, 'a class table could not be told');

  return {
    route: {
      pattern: /^\/ws\/class\/(?<classId>[A-Za-z0-9_-]{1,64})\/(?<course>[a-z0-9-]{1,64})\/(?<lab>[a-z0-9-]{1,64})$/,
      authorize: async (viewer, params) => {
        const { classId, course, lab } = tableOf(params);
        await classRows(db, viewer, classId, course, lab, []);
      },
      async open({ viewer, params, socket }) {
        const table = tableOf(params);
        open.set(socket, table);
        // Who left the class is in no changed row: only a whole table can leave somebody out.
        const again = setInterval(() => void sendWhole(socket, viewer, table).catch(report), wholeMs);
        socket.on('close', () => {
          clearInterval(again);
          open.delete(socket);
        });
        await sendWhole(socket, viewer, table);
      },
    },
    onProgress({ userId, course, lab }) {
      const key = `${userId} ${course} ${lab}`;
      if (open.size === 0 || waiting.has(key)) return;
      waiting.add(key);
      setTimeout(() => {
        waiting.delete(key);
        tell(userId, course, lab).catch(report);
      }, gatewayLimits.gatherRowsMs).unref();
    },
  };
}
