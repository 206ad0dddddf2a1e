export const roles = ['learner', 'instructor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who is looking: taken from the session, never from a request's body. Every data function takes one. */
export interface Viewer {
  userId: string;
  role: Role;
  /** A guest has an account without email; may do labs, may not join a class. */
  guest: boolean;
  name: string;
  email: string;
}
