'use client';
import { useEffect, useMemo, useReducer, useState } from 'react';
import type { AttemptView } from '#domain/attempt/attempt.ts';
import { isErrorCode } from '#domain/protocol/errors.ts';
import type { AttemptMessage } from '#domain/protocol/live.ts';
import { type AttemptApi, attemptApi } from './attempt-api.ts';
import { type AttemptState, foldMessage } from './attempt-state.ts';
import { type Connection, keepConnected } from './live-connection.ts';

export interface LiveAttempt extends AttemptState {
  api: AttemptApi;
  connection: Connection;
}

/** The live state of one attempt: begins with what the server rendered, then follows `/ws/attempt/<id>`. */
export function useAttempt(initial: AttemptView, host: AttemptState['host']): LiveAttempt {
  const [state, dispatch] = useReducer(foldMessage, { attempt: initial, host, ports: null, fences: [] });
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const api = useMemo(() => attemptApi(initial.id), [initial.id]);

  useEffect(() => {
    const { protocol, host: address } = window.location;
    return keepConnected({
      url: `${protocol === 'https:' ? 'wss' : 'ws'}://${address}/ws/attempt/${encodeURIComponent(initial.id)}`,
      // Our own server speaks; parsing again would bring zod (and its eval) into the page.
      tellPresence: true,
      onMessage: json => dispatch(json as AttemptMessage),
      onState: next => setConnection(now => (now.state === next.state ? now : next)),
      whyRefused: () =>
        api.view().then(
          () => null,
          error => (isErrorCode(error.code) ? error.code : null),
        ),
    });
  }, [initial.id, api]);

  return useMemo(() => ({ ...state, api, connection }), [state, api, connection]);
}
