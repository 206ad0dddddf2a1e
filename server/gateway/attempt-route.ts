import { getAttempt } from '#data/attempts.ts';
import type { Db } from '#data/db.ts';
import { errorTable } from '#domain/protocol/errors.ts';
import { attemptPresence } from '#domain/protocol/live.ts';
import type { AttemptService } from '../attempts/attempt-service.ts';
import { sendJson } from './send-json.ts';
import type { UpgradeRoute } from './upgrade-dispatcher.ts';

/** `/ws/attempt/<id>`: the live state of one attempt, for its learner and whoever may look. The browser says only whether it is seen. */
export function attemptRoute({ db, attempts }: { db: Db; attempts: AttemptService }): UpgradeRoute {
  return {
    pattern: /^\/ws\/attempt\/(?<attemptId>[A-Za-z0-9_-]{1,64})$/,
    authorize: async (viewer, { attemptId = '' }) => {
      await getAttempt(db, viewer, attemptId);
    },
    async open({ viewer, params, socket }) {
      const page = await attempts.subscribe(viewer, params.attemptId ?? '', message => sendJson(socket, message));
      if (socket.readyState !== socket.OPEN) return page.stop();
      socket.on('close', () => page.stop());
      socket.on('message', data => {
        const said = attemptPresence.find(one => one === String(data));
        if (said) page.visible(said === 'visible');
        else socket.close(errorTable['bad-request'].ws, 'bad-request');
      });
    },
  };
}
