import { CodedError, type ErrorCode } from '#domain/protocol/errors.ts';

/** better-auth's codes that a person can cause, as ours, with what happened, what was kept, what to do. */
const known: Record<string, [ErrorCode, string]> = {
  INVALID_EMAIL_OR_PASSWORD: [
    'unauthorized',
    'Email and password do not fit together. You are not signed in. Check both; an admin can give you a link for a new password.',
  ],
  INVALID_PASSWORD: ['unauthorized', 'The current password is not right. Nothing was changed. Type it again.'],
  INVALID_EMAIL: ['bad-request', 'That is not an email address. Nothing was saved. Write it like name@example.org.'],
  INVALID_NAME: ['bad-request', 'A name of 1 to 80 characters is needed. Nothing was saved. Type one.'],
  PASSWORD_TOO_SHORT: [
    'bad-request',
    'The password needs at least 10 characters. Nothing was saved. Choose a longer one.',
  ],
  PASSWORD_TOO_LONG: [
    'bad-request',
    'The password may have at most 256 characters. Nothing was saved. Choose a shorter one.',
  ],
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: [
    'conflict',
    'There is an account with this email already. No new one was made. Sign in, or use another email.',
  ],
  SIGN_UP_CLOSED: [
    'forbidden',
    'Here, accounts are made with a join link only. Nothing was saved. Ask your instructor for the link of your class.',
  ],
  GUESTS_OFF: ['forbidden', 'Guests are not let in here. Sign in, or ask your instructor for a join link.'],
  ANONYMOUS_USERS_CANNOT_SIGN_IN_AGAIN_ANONYMOUSLY: ['conflict', 'You are a guest already. Go on with your labs.'],
};

/** A better-auth error as a CodedError; what is not known stays what it is. */
export function authErrorOf(error: unknown): unknown {
  const code = bodyCode(error);
  const entry = code === null ? undefined : known[code];
  if (!entry) return error;
  return new CodedError(entry[0], `better-auth: ${code}`, { cause: error, learnerMessage: entry[1] });
}

function bodyCode(error: unknown): string | null {
  if (error === null || typeof error !== 'object' || !('body' in error)) return null;
  const body = error.body;
  return body !== null && typeof body === 'object' && 'code' in body ? String(body.code) : null;
}
