import { Refused } from '../../api/client.ts';
import { newKey } from '../../api/once.ts';
import { forget, keep, kept } from './kept.ts';

interface Attempt {
  /** What is to be booked, and by whom. */
  readonly asked: string;
  readonly key: string;
  readonly holdToken: string | undefined;
}

/**
 * Books under an Idempotency-Key. What is asked again after its answer got lost, also after a reload, is sent just as it
 * was: it is one booking, and not "taken" by oneself.
 */
export async function bookOnce<T>(
  asked: object,
  holdToken: string | undefined,
  send: (body: object, key: string) => Promise<T>,
): Promise<T> {
  const text = JSON.stringify(asked);
  const before = kept('attempt', isAttempt);
  const attempt = before?.asked === text ? before : { asked: text, key: newKey(), holdToken };
  keep('attempt', attempt);
  try {
    const answer = await send({ ...asked, hold_token: attempt.holdToken }, attempt.key);
    forget('attempt');
    return answer;
  } catch (error) {
    if (error instanceof Refused) forget('attempt');
    throw error;
  }
}

function isAttempt(value: unknown): value is Attempt {
  const { asked, key, holdToken } = Object(value);
  return (
    [asked, key].every((text) => typeof text === 'string') &&
    ['string', 'undefined'].includes(typeof holdToken)
  );
}
