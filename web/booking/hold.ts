import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Refused } from '../api/client.ts';
import type { Hold } from '../api/wire.ts';
import { forget, keep, kept } from './kept.ts';

/** What is to be held. */
export interface Wish {
  readonly shop: string;
  readonly service: string;
  readonly barberId: number | undefined;
  readonly start: string;
}

interface KeptHold extends Hold {
  /** For which wish it is. */
  readonly of: string;
}

export type HoldState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'held'; readonly hold: Hold }
  | { readonly kind: 'lapsed' }
  /** The server keeps enough for this address: the slot can be booked, if nobody is quicker. */
  | { readonly kind: 'unheld' }
  | { readonly kind: 'refused'; readonly error: unknown };

/**
 * Keeps the slot for as long as the wish stays the same, also over a reload, and gives it back when it changes. A hold
 * that lapsed is not renewed by itself: somebody else may want it, too.
 */
export function useHold(wish: Wish | undefined): {
  readonly state: HoldState;
  /** Seconds. */
  readonly left: number;
  again(): void;
  /** The booking took the place of the hold. */
  used(): void;
} {
  const key = wish && JSON.stringify(wish);
  const [state, set] = useState<HoldState>({ kind: 'none' });
  const [round, setRound] = useState(0);
  const [left, setLeft] = useState(0);
  const isUsed = useRef(false);

  useEffect(() => {
    if (key === undefined || wish === undefined) return set({ kind: 'none' });
    let over = false;
    let own: Hold | undefined;
    isUsed.current = false;
    const found = kept('hold', isKeptHold);
    const asked =
      found?.of === key && Date.parse(found.expires_at) > Date.now() ? Promise.resolve(found) : hold(wish);
    set({ kind: 'asking' });
    asked.then(
      (held) => {
        own = held;
        if (over) return void release(held);
        keep('hold', { ...held, of: key });
        set({ kind: 'held', hold: held });
      },
      (error: unknown) => !over && set(isEnough(error) ? { kind: 'unheld' } : { kind: 'refused', error }),
    );
    return () => {
      over = true;
      if (own !== undefined && !isUsed.current) void release(own);
    };
  }, [key, round]);

  useEffect(() => {
    if (state.kind !== 'held') return;
    const tick = () => {
      const seconds = Math.ceil((Date.parse(state.hold.expires_at) - Date.now()) / 1_000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) {
        forget('hold');
        set({ kind: 'lapsed' });
      }
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [state]);

  return {
    state,
    left,
    again: () => setRound((n) => n + 1),
    used: () => {
      isUsed.current = true;
      forget('hold');
    },
  };
}

function hold({ barberId, ...wish }: Wish): Promise<Hold> {
  return api.post<Hold>('/api/v2/bookings/hold', { body: { ...wish, barber_id: barberId } });
}

/** Whoever asks next gets it; if this does not arrive, it lapses by itself. */
async function release({ hold_token }: Hold): Promise<void> {
  forget('hold');
  await api.delete(`/api/v2/bookings/hold/${encodeURIComponent(hold_token)}`).catch(() => {});
}

function isEnough(error: unknown): boolean {
  return error instanceof Refused && error.code === 'rate_limited';
}

function isKeptHold(value: unknown): value is KeptHold {
  const { of, hold_token, expires_at, start, barber_id } = Object(value);
  return [of, hold_token, expires_at, start].every((text) => typeof text === 'string') && barber_id > 0;
}
