import type { Loaded } from '../../availability/source.ts';
import type { BarberDay } from '../../calendar/barber-day.ts';

/** A barber's day at a shop. */
export interface DayKey {
  readonly shopId: number;
  readonly barberId: number;
  readonly day: string;
}

/** A timer for each of the days with live holds: a hold that lapses frees its slot without any message. */
export interface Lapses {
  /**
   * Takes in a day as it was read: the first of its holds that lapses after `since` (epoch ms) counts from now on,
   * also if that was while it was read. An older reading changes nothing.
   */
  note(shopId: number, loaded: Loaded<BarberDay>, since: number): void;
  /** Forgets the days of a shop that need not be watched any more. */
  keepOnly(shopId: number, isWatched: (key: DayKey) => boolean): void;
  readonly size: number;
  close(): void;
}

interface Entry extends DayKey {
  readonly version: number;
  readonly lapsesAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** What setTimeout takes; it does not wait at all for more. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** `now` is the clock by which holds lapse (epoch ms): a timer that it finds too early waits on. */
export function createLapses(now: () => number, onLapse: (key: DayKey) => void): Lapses {
  const entries = new Map<string, Entry>();

  function arm(name: string, entry: Entry): void {
    const wait = Math.min(Math.max(1, Math.ceil(entry.lapsesAt - now())), LONGEST_WAIT_MS);
    entry.timer = setTimeout(() => {
      if (now() < entry.lapsesAt) return arm(name, entry);
      entries.delete(name);
      onLapse({ shopId: entry.shopId, barberId: entry.barberId, day: entry.day });
    }, wait).unref();
  }

  function forget(name: string): void {
    clearTimeout(entries.get(name)?.timer);
    entries.delete(name);
  }

  return {
    note(shopId, { value: { barberId, date, busy }, versions }, since) {
      const name = `${shopId}/${barberId}/${date}`;
      if (versions.day < (entries.get(name)?.version ?? 0)) return;
      forget(name);
      const lapsesAt = Math.min(...busy.map(([, , at = 0]) => (at > since ? at : Number.POSITIVE_INFINITY)));
      if (lapsesAt === Number.POSITIVE_INFINITY) return;
      const entry: Entry = { shopId, barberId, day: date, version: versions.day, lapsesAt, timer: undefined };
      entries.set(name, entry);
      arm(name, entry);
    },
    keepOnly(shopId, isWatched) {
      for (const [name, entry] of entries) {
        if (entry.shopId === shopId && !isWatched(entry)) forget(name);
      }
    },
    get size() {
      return entries.size;
    },
    close() {
      for (const name of [...entries.keys()]) forget(name);
    },
  };
}
