/** What a page of a preview may try on the app, run inside the browser (so nothing from outside it is used). */
export async function attackApp({ app, attempt }: { app: string; attempt: string }) {
  const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error));
  for (const domain of ['localhost', '.localhost', '127.0.0.1', '']) {
    const scope = domain ? `; domain=${domain}` : '';
    // biome-ignore lint/suspicious/noDocumentCookie: a hostile page would.
    document.cookie = `belowdeck.session_token=stolen; path=/${scope}`;
  }
  const read = await fetch(`${app}/api/v1/attempts/${attempt}`, { credentials: 'include' }).catch(nameOf);
  const end = { method: 'POST', mode: 'no-cors', credentials: 'include' } as const;
  await fetch(`${app}/api/v1/attempts/${attempt}/sandbox/end`, end).catch(nameOf);
  const socket = new WebSocket(`${app.replace('http', 'ws')}/ws/attempt/${attempt}`);
  const opened = await new Promise(resolve => {
    socket.onopen = () => resolve('open');
    socket.onerror = () => resolve('refused');
  });
  const frame = document.body.appendChild(document.createElement('iframe'));
  frame.src = `${app}/learn/docker-engine`;
  await new Promise(resolve => {
    frame.onload = resolve;
  });
  let framed = 'nothing';
  try {
    framed = frame.contentDocument?.title ?? 'nothing';
  } catch {
    // Not even its name.
  }
  return { cookies: document.cookie, read: String(read), opened, framed };
}
