/** Every number of the tunnels into sandboxes. */
export const forwardLimits = {
  /** Connecting on a bridge of this machine takes microseconds; only a sandbox that drops packets takes longer. */
  dialTimeoutMs: 5_000,
  /** Tunnels of one sandbox at once: a browser opens six per origin, a page with sockets a few more, some people look on. */
  perSandbox: 96,
  /** Tunnels in all: two descriptors and two small buffers each. */
  inAll: 2_048,
  /** Nothing sent either way for this long: whoever sat at the other end has gone. */
  idleMs: 15 * 60_000,
  /** How often a flow of bytes from the browser is noted as activity of the learner. */
  activeMs: 5_000,
  /** Ports told of one sandbox. */
  maxPorts: 64,
  /** Read of /proc/PID/net/tcp: 150 bytes a socket; what lies behind is not listened to by a learner's eye. */
  maxSocketTableBytes: 512 * 1024,
} as const;
