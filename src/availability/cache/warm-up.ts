import { setImmediate as nextTurn } from 'node:timers/promises';
import { bulkhead } from 'cockatiel';
import type { BarberDay } from '../../calendar/barber-day.ts';
import { activeBarberIds } from '../../shop/rules.ts';
import { type DayQuery, newRead, type ShopSource } from '../source.ts';
import type { VersionedCache } from '../versioned-cache.ts';
import { datesOf } from './keys.ts';

export interface WarmUp {
  readonly shopId: number;
  /** Default: all who are active. */
  readonly barberIds?: readonly number[] | undefined;
  /** First and last date at the shop, both included. */
  readonly from: string;
  readonly to: string;
  /** Called at the start, and after each chunk. */
  readonly onProgress?: ((progress: WarmUpProgress) => void) | undefined;
  /** Ends it before the next chunk; it rejects with the signal's reason then. */
  readonly signal?: AbortSignal | undefined;
}

export interface WarmUpStats {
  readonly days: number;
  readonly barbers: number;
  /** Barber-days that were loaded. */
  readonly cached: number;
  /** Barber-days that could be used as they lay in the process or in Redis. */
  readonly alreadyFresh: number;
  /** Barber-days that could not be loaded. */
  readonly errors: number;
  readonly durationMs: number;
}

/** What became of the barber-days so far, and how many there are in all. */
export interface WarmUpProgress extends WarmUpStats {
  readonly done: number;
  readonly total: number;
}

type DayCache = Pick<VersionedCache<DayQuery, BarberDay>, 'readMany' | 'usable' | 'stored'>;

/**
 * Reads a range through the cache in chunks, so that it lies there afterwards. However many warm-ups there are, one
 * chunk is loaded at a time: of the six loads that may run, five are always left to readers.
 */
export function createWarmUp(days: DayCache, shops: Pick<ShopSource, 'rules'>, monotonic: () => number) {
  const turns = bulkhead(1, Number.POSITIVE_INFINITY);

  return async function warm(what: WarmUp): Promise<WarmUpStats> {
    const { shopId, from, to, signal, onProgress = () => {} } = what;
    const began = monotonic();
    const barberIds = [...new Set(what.barberIds ?? (await activeBarbers(shopId)))];
    const dates = datesOf(from, to).length;
    const counts = { cached: 0, alreadyFresh: 0, errors: 0 };
    const stats = () => ({
      days: dates,
      barbers: barberIds.length,
      ...counts,
      durationMs: monotonic() - began,
    });
    const tell = () => {
      const done = counts.cached + counts.alreadyFresh + counts.errors;
      onProgress({ ...stats(), done, total: barberIds.length * dates });
    };

    tell();
    let stored = Promise.resolve();
    for (const chunk of chunksOf({ shopId, barberIds, from, to })) {
      await turns.execute(async () => {
        // Whoever came meanwhile is served first.
        await nextTurn();
        signal?.throwIfAborted();
        await warmChunk(chunk, counts);
        // Redis takes one chunk while Postgres reads the next.
        await stored;
        stored = days.stored();
      });
      tell();
    }
    // Who reads next may be another process.
    await stored;
    return stats();
  };

  async function warmChunk(
    chunk: DayQuery,
    counts: { cached: number; alreadyFresh: number; errors: number },
  ): Promise<void> {
    const read = newRead({ warming: true });
    const size = chunk.barberIds.length * datesOf(chunk.from, chunk.to).length;
    try {
      await days.readMany(chunk, read);
    } catch {
      // What was found is of use, whatever became of the rest.
    }
    const isLoaded = !read.degraded && read.hits + read.misses + read.bypassed > 0;
    const fresh = isLoaded ? read.hits : days.usable(chunk);
    const cached = isLoaded ? read.misses + read.bypassed : 0;
    counts.alreadyFresh += fresh;
    counts.cached += cached;
    counts.errors += size - fresh - cached;
  }

  async function activeBarbers(shopId: number): Promise<readonly number[]> {
    const loaded = await shops.rules(shopId, newRead({ warming: true }));
    return loaded === undefined ? [] : activeBarberIds(loaded.value);
  }
}

/** Barber-days at a time: a statement of about 10 ms, and then 7 to 10 ms in which this process serves nobody else. */
const CHUNK_DAYS = 300;

/**
 * All dates of some barbers each time: a statement reads a day or two around its dates, so that chunks of some dates of
 * all barbers take half as long again.
 */
function chunksOf({ shopId, barberIds, from, to }: DayQuery): DayQuery[] {
  const size = Math.max(1, Math.floor(CHUNK_DAYS / Math.max(1, datesOf(from, to).length)));
  const chunks: DayQuery[] = [];
  for (let first = 0; first < barberIds.length; first += size)
    chunks.push({ shopId, barberIds: barberIds.slice(first, first + size), from, to });
  return chunks;
}
