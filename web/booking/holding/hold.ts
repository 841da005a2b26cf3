import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api, Refused, serverNow } from '../../api/client.ts';
import { newKey } from '../../api/once.ts';
import type { Hold } from '../../api/wire.ts';
import { forget, keep, kept } from './kept.ts';

/** What is to be held. */
export interface Wish {
  readonly shop: string;
  readonly service: string;
  readonly barberId: number | undefined;
  readonly start: string;
}

/** What is kept of a hold over a reload: from before it was asked for, as the answer may get lost. */
interface Asked {
  /** For which wish it is. */
  readonly of: string;
  readonly key: string;
  readonly hold?: Hold;
}

export type HoldState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'held'; readonly hold: Hold }
  | { readonly kind: 'lapsed' }
  /** The server keeps enough for this address: the slot can be booked, if nobody is quicker. */
  | { readonly kind: 'unheld' }
  | { readonly kind: 'refused'; readonly error: unknown };

export interface Holding {
  readonly state: HoldState;
  /** Seconds, by the server's clock. */
  readonly left: number;
  /** Asks for it once more. */
  again(): void;
  /** The server says that it is over. */
  lapse(): void;
  /** The booking took the place of the hold. */
  used(): void;
}

/** The hold before is given back before the next is asked for: Back and Forward are quick. */
let releasing: Promise<void> = Promise.resolve();

/**
 * Keeps the slot for as long as the wish stays the same, also over a reload, and gives it back when it changes. A hold
 * that lapsed is not renewed by itself: somebody else may want it, too.
 */
export function useHold(wish: Wish): Holding {
  const text = JSON.stringify(wish);
  const [state, set] = useState<HoldState>({ kind: 'asking' });
  const [round, setRound] = useState(0);
  const [left, setLeft] = useState(0);
  const isUsed = useRef(false);

  useEffect(() => {
    let over = false;
    let own: Hold | undefined;
    isUsed.current = false;
    set({ kind: 'asking' });
    holdOnce(wish, text).then(
      (hold) => {
        own = hold;
        if (over) release(hold);
        else set({ kind: 'held', hold });
      },
      (error: unknown) => !over && set(isEnough(error) ? { kind: 'unheld' } : { kind: 'refused', error }),
    );
    return () => {
      over = true;
      if (own === undefined || isUsed.current) return;
      forget('hold');
      release(own);
    };
  }, [text, round]);

  const lapse = () => {
    forget('hold');
    set({ kind: 'lapsed' });
  };
  // Before it is drawn: nobody should see, or hear, that no time is left.
  useLayoutEffect(() => {
    if (state.kind !== 'held') return;
    const tick = () => {
      const seconds = Math.round((Date.parse(state.hold.expires_at) - serverNow()) / 1_000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) lapse();
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [state]);

  return {
    state,
    left,
    lapse,
    again: () => setRound((n) => n + 1),
    used: () => {
      isUsed.current = true;
      forget('hold');
    },
  };
}

/** Where this very hold was asked for before, it is the same request again, which the server answers as it did then. */
async function holdOnce({ barberId, ...wish }: Wish, text: string): Promise<Hold> {
  await releasing;
  const found = kept('hold', isAsked);
  const before = found?.of === text ? found : undefined;
  if (before?.hold !== undefined) return before.hold;
  const key = before?.key ?? newKey();
  keep('hold', { of: text, key });
  try {
    const body = { ...wish, barber_id: barberId };
    const hold = await api.post<Hold>('/api/v2/bookings/hold', { body, headers: { 'idempotency-key': key } });
    keep('hold', { of: text, key, hold });
    return hold;
  } catch (error) {
    if (error instanceof Refused) forget('hold');
    throw error;
  }
}

/** If this does not arrive, it lapses by itself. */
function release({ hold_token }: Hold): void {
  const path = `/api/v2/bookings/hold/${encodeURIComponent(hold_token)}`;
  releasing = api.delete(path).then(
    () => {},
    () => {},
  );
}

function isEnough(error: unknown): boolean {
  return error instanceof Refused && error.code === 'rate_limited';
}

function isAsked(value: unknown): value is Asked {
  const { of, key, hold } = Object(value);
  const { hold_token, expires_at } = Object(hold);
  const isHold = hold === undefined || (typeof hold_token === 'string' && typeof expires_at === 'string');
  return typeof of === 'string' && typeof key === 'string' && isHold;
}
