import { useState } from 'preact/hooks';
import { Refused } from './client.ts';

/** Does what is asked, under an Idempotency-Key. */
export type Once = <T>(asked: object, send: (key: string) => Promise<T>) => Promise<T>;

/**
 * Keys of writes: what is asked again after its answer got lost keeps its key, and is not done twice; whatever was
 * answered begins anew.
 */
function createOnce(): Once {
  let pending: { readonly asked: string; readonly key: string } | undefined;
  return async (asked, send) => {
    const text = JSON.stringify(asked);
    if (pending?.asked !== text) pending = { asked: text, key: newKey() };
    try {
      const answer = await send(pending.key);
      pending = undefined;
      return answer;
    } catch (error) {
      if (error instanceof Refused) pending = undefined;
      throw error;
    }
  };
}

/** One for as long as the component is there. */
export function useOnce(): Once {
  return useState(createOnce)[0];
}

/** `crypto.randomUUID` is not there on pages without TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
