import type { WebSocket } from 'ws';
import { classesOf, classRows, classRowsOf } from '#data/class-results.ts';
import type { Db } from '#data/db.ts';
import { system } from '#data/system.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import type { ClassMessage } from '#domain/protocol/live.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { sendJson } from './send-json.ts';
import type { UpgradeRoute } from './upgrade-dispatcher.ts';

/** Changes of one learner within this time make one message: a verdict, an attempt and an activity come together. */
const gatherMs = 100;

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

/** `/ws/class/<classId>/<course>/<lab>`: the table learner × task of one assignment, and then the rows that change. */
export function createClassLive(options: {
  db: Db;
  catalog: Pick<Catalog, 'lab'>;
  log: { warn(fields: object, text: string): void };
}): ClassLive {
  const { db, catalog, log } = options;
  const viewers = new Map<WebSocket, Table>();
  const waiting = new Set<string>();

  const tableOf = ({ classId = '', course = '', lab = '' }: Record<string, string>): Table => {
    const found = catalog.lab(course, lab);
    if (!found) throw new CodedError('not-found', `no lab ${course}/${lab}`);
    return { classId, course, lab, tasks: found.steps.flatMap(step => step.tasks.map(task => task.id)) };
  };

  async function tell(userId: string, course: string, lab: string): Promise<void> {
    const classes = new Set(await classesOf(db, system, userId));
    const tables = [...viewers].filter(
      ([, one]) => classes.has(one.classId) && one.course === course && one.lab === lab,
    );
    for (const classId of new Set(tables.map(([, one]) => one.classId))) {
      const sockets = tables.filter(([, one]) => one.classId === classId);
      const tasks = sockets[0]?.[1].tasks ?? [];
      const rows = await classRowsOf(db, system, classId, course, lab, tasks, [userId]);
      for (const [socket] of sockets) sendJson(socket, { type: 'rows', rows } satisfies ClassMessage);
    }
  }

  return {
    route: {
      pattern: /^\/ws\/class\/(?<classId>[A-Za-z0-9_-]{1,64})\/(?<course>[a-z0-9-]{1,64})\/(?<lab>[a-z0-9-]{1,64})$/,
      authorize: async (viewer, params) => {
        const { classId, course, lab } = tableOf(params);
        await classRows(db, viewer, classId, course, lab, []);
      },
      async open({ viewer, params, socket }) {
        const table = tableOf(params);
        viewers.set(socket, table);
        socket.on('close', () => viewers.delete(socket));
        const rows = await classRows(db, viewer, table.classId, table.course, table.lab, table.tasks);
        sendJson(socket, { type: 'rows', rows } satisfies ClassMessage);
      },
    },
    onProgress({ userId, course, lab }) {
      const key = `${userId} ${course} ${lab}`;
      if (viewers.size === 0 || waiting.has(key)) return;
      waiting.add(key);
      setTimeout(() => {
        waiting.delete(key);
        tell(userId, course, lab).catch(error => log.warn({ err: error }, 'a class table could not be told'));
      }, gatherMs).unref();
    },
  };
}
