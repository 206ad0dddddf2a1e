import { CodedError } from '#domain/protocol/errors.ts';

const todo = 'Your progress is kept. Try again in a minute; if it stays so, tell your instructor.';

/** Why no sandbox can be started at all, in words for who waits for one. */
export const notReady = {
  engine: () =>
    new CodedError('sandbox-start-failed', 'the engine does not answer, or is not fenced yet', {
      learnerMessage: `The engine that runs the sandboxes does not answer yet, so none can start. ${todo}`,
    }),
  labImage: () =>
    new CodedError('sandbox-start-failed', 'the lab image is not loaded yet', {
      learnerMessage: `The image that sandboxes are made from is not loaded yet, so none can start. ${todo}`,
    }),
};
