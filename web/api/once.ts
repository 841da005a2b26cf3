import { useState } from 'preact/hooks';
import { Refused } from './client.ts';

/** Does what is asked, under an Idempotency-Key. */
export type Once<T> = (asked: object, send: (key: string) => Promise<T>) => Promise<T>;

/**
 * For writes: what is asked again after its answer got lost is sent just as it was the first time (`send` of then),
 * under the same key, so that it is not done twice. Whatever was answered begins anew.
 */
function createOnce<T>(): Once<T> {
  let pending: { readonly asked: string; readonly attempt: () => Promise<T> } | undefined;
  return async (asked, send) => {
    const text = JSON.stringify(asked);
    if (pending?.asked !== text) {
      const key = newKey();
      pending = { asked: text, attempt: () => send(key) };
    }
    try {
      const answer = await pending.attempt();
      pending = undefined;
      return answer;
    } catch (error) {
      if (error instanceof Refused) pending = undefined;
      throw error;
    }
  };
}

/** One for as long as the component is there. */
export function useOnce<T>(): Once<T> {
  return useState(() => createOnce<T>())[0];
}

/** `crypto.randomUUID` is not there on pages without TLS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
