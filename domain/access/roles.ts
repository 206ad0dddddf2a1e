import { type Role, roles } from './viewer.ts';

/** True for one of the three roles of an account. */
export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (roles as readonly string[]).includes(value);
}

/** Roles within one class. */
export const classRoles = ['learner', 'instructor'] as const;
export type ClassRole = (typeof classRoles)[number];

/** True for a role within a class. */
export function isClassRole(value: unknown): value is ClassRole {
  return typeof value === 'string' && (classRoles as readonly string[]).includes(value);
}

/** The role's name for people. */
export const roleNames: Record<Role, string> = { learner: 'Learner', instructor: 'Instructor', admin: 'Admin' };
