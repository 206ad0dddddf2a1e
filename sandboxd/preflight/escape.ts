/** The fence without which an escape succeeds; `several` when each of several holds alone. */
export type EscapeFence = 'userns' | 'seccomp' | 'several';

/** One thing that root in a sandbox tries to get at the machine, with the two answers that are possible. */
export interface Escape {
  /** Stable: operators name it in a setting. */
  id: string;
  /** What is tried, as the words after "root in a sandbox can …". */
  name: string;
  fence: EscapeFence;
  /** For bash as root in the sandbox. Does no harm where it succeeds: it writes back what it read, or touches a canary. */
  script: string;
  /** What is seen (standard output, then standard error) when it was really tried and refused. */
  held: RegExp;
  /** What is seen when it succeeded. */
  bites: RegExp;
}
