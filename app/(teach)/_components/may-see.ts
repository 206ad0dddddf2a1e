import { notFound, redirect } from 'next/navigation';
import { errorCodeOf } from '#domain/protocol/errors.ts';

/** What a data function answers; for what is not there, or not for this viewer, the page says that there is nothing. */
export async function maySee<T>(answer: Promise<T>, next: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'unauthorized') redirect(`/sign-in?next=${encodeURIComponent(next)}`);
    if (code === 'not-found' || code === 'forbidden') notFound();
    throw error;
  }
}
