'use server';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, failed, textsOf } from '#app/_components/form-state.ts';
import { parseAssignment } from '#app/(teach)/_components/class-forms.ts';
import { assignLab, unassignLab } from '#data/assignments.ts';
import { removeMember, setMemberRole } from '#data/class-members.ts';
import { archiveClass, createClass, renameClass, renewJoinCode } from '#data/classes.ts';
import { isClassRole } from '#domain/access/roles.ts';
import type { Viewer } from '#domain/access/viewer.ts';
import { CodedError } from '#domain/protocol/errors.ts';
import { getRuntime } from '#server/runtime.ts';

interface Outcome {
  /** For people; null: it worked. */
  problem: string | null;
}

export async function createClassAction(_state: FormState, form: FormData): Promise<FormState> {
  const texts = textsOf(form, ['name']);
  let id = '';
  const { problem } = await attempt(async viewer => {
    id = (await createClass(getRuntime().db, viewer, texts.name ?? '')).id;
  });
  return problem === null ? redirect(`/classes/${id}`) : failed(problem, texts);
}

export async function renameClassAction(_state: FormState, form: FormData): Promise<FormState> {
  const texts = textsOf(form, ['classId', 'name']);
  const { problem } = await attempt(viewer =>
    renameClass(getRuntime().db, viewer, texts.classId ?? '', texts.name ?? ''),
  );
  return problem === null ? done('The class has its new name.') : failed(problem, texts);
}

export async function archiveClassAction(classId: string, archived: boolean): Promise<Outcome> {
  return attempt(viewer => archiveClass(getRuntime().db, viewer, String(classId), archived === true));
}

export async function renewJoinCodeAction(classId: string): Promise<Outcome> {
  return attempt(viewer => renewJoinCode(getRuntime().db, viewer, String(classId)));
}

export async function setMemberRoleAction(classId: string, userId: string, role: string): Promise<Outcome> {
  return attempt(viewer => {
    if (!isClassRole(role)) throw new CodedError('bad-request', 'no such role in a class');
    return setMemberRole(getRuntime().db, viewer, String(classId), String(userId), role);
  });
}

export async function removeMemberAction(classId: string, userId: string): Promise<Outcome> {
  return attempt(viewer => removeMember(getRuntime().db, viewer, String(classId), String(userId)));
}

/** Assigns a lab of the catalog, or changes when it is due. */
export async function assignLabAction(_state: FormState, form: FormData): Promise<FormState> {
  const texts = textsOf(form, ['classId', 'lab', 'due', 'zone']);
  const { problem } = await attempt(viewer => {
    const { db, catalog } = getRuntime();
    const { classId, ...assignment } = parseAssignment(texts, Date.now());
    if (!catalog.lab(assignment.course, assignment.lab))
      throw new CodedError('not-found', `no lab ${assignment.course}/${assignment.lab}`, {
        learnerMessage: 'This lab is not in the catalog (any more). Nothing was assigned. Choose another.',
      });
    return assignLab(db, viewer, classId, assignment);
  });
  return problem === null ? done('Assigned.') : failed(problem, texts);
}

export async function unassignLabAction(classId: string, assignmentId: string): Promise<Outcome> {
  return attempt(viewer => unassignLab(getRuntime().db, viewer, String(classId), String(assignmentId)));
}

function done(text: string): FormState {
  return { problem: null, done: text, values: {} };
}

/** Runs it as who is signed in; the data functions check what they may. */
async function attempt(deed: (viewer: Viewer) => Promise<unknown>): Promise<Outcome> {
  const { auth, http } = getRuntime();
  try {
    const viewer = await auth.viewerFrom(await headers());
    if (!viewer) throw new CodedError('unauthorized', 'a change to a class while signed out');
    await deed(viewer);
  } catch (error) {
    return { problem: http.explain(error) };
  }
  revalidatePath('/classes', 'layout');
  return { problem: null };
}
