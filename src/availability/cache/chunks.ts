import type { DayQuery } from '../source.ts';
import { datesOf } from './keys.ts';

/** Barber-days at a time: a statement of about 10 ms, and then 7 to 10 ms in which this process serves nobody else. */
const CHUNK_DAYS = 300;

/**
 * All dates of some barbers each time: a statement reads a day or two around its dates, so that chunks of some dates of
 * all barbers take half as long again.
 */
export function chunksOf({ shopId, barberIds, from, to }: DayQuery): DayQuery[] {
  const size = Math.max(1, Math.floor(CHUNK_DAYS / Math.max(1, datesOf(from, to).length)));
  const chunks: DayQuery[] = [];
  for (let first = 0; first < barberIds.length; first += size)
    chunks.push({ shopId, barberIds: barberIds.slice(first, first + size), from, to });
  return chunks;
}
