/** A login shell, so that /etc/profile and ~/.profile count as on any machine. */
export const shellCommand = ['bash', '-l'];

/** The whole environment of a shell. BELOWDECK_TERMINAL tells its processes apart when leftovers are looked for. */
export function shellEnvironment(terminalId: string): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/home/learner',
    USER: 'learner',
    LOGNAME: 'learner',
    SHELL: '/bin/bash',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    BELOWDECK_TERMINAL: terminalId,
  };
}
