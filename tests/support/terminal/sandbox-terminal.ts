import type { TerminalInfo } from '#domain/protocol/rpc.ts';
import { TerminalClient } from '#sandboxd/terminal/testing/terminal-client.ts';
import type { SandboxdClient } from '#server/sandboxd-client/sandboxd-client.ts';

/** A terminal of a real sandbox, attached straight to sandboxd, at its first prompt. */
export async function openTerminal(
  client: SandboxdClient,
  sandboxId: string,
): Promise<{ info: TerminalInfo; terminal: TerminalClient }> {
  const info = await client.call('terminal.open', { sandboxId, cols: 120, rows: 40 });
  const terminal = attachTerminal(client, info.id);
  await terminal.untilText(/\$ (\x1b\[\S*)?$/, 10_000);
  return { info, terminal };
}

export function attachTerminal(client: SandboxdClient, terminalId: string, from: number | null = null): TerminalClient {
  return new TerminalClient(client.terminalUrl(terminalId, from), { headers: client.headers() });
}

let commands = 0;

/** Runs a command in a terminal and gives back its output, as the screen shows it. */
export async function typeCommand(terminal: TerminalClient, command: string, ms?: number): Promise<string> {
  const mark = `done-${++commands}`;
  terminal.forget();
  // The quotes keep the mark out of the echoed command.
  terminal.type(`${command}; echo "${mark.slice(0, 2)}""${mark.slice(2)}"\r`);
  // To the next prompt: what is typed before it is echoed twice.
  await terminal.untilText(new RegExp(`^${mark}\r\n[^]*[$#] (\x1b\\[\\S*)?(?![^])`, 'm'), ms);
  const lines = terminal.text.replaceAll('\x1b[?2004l\r', '').split('\r\n');
  return lines.slice(1, lines.indexOf(mark)).join('\n');
}
