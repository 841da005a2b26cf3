import { type Static, Type } from 'typebox';
import type { Misses } from '../../../availability/counting/stats.ts';

/** What answers about the cache have in common. */
export const Instant = Type.String({ format: 'date-time' });
export const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);
export const Count = Type.Integer({ minimum: 0 });

const counted = (description: string) => Type.Integer({ minimum: 0, description });

export const MissesByCause = Type.Object({
  cold: counted('Never read before, as far as is known'),
  expired: counted('Its lifetime was over'),
  too_old: counted('Something had changed since it was loaded'),
  evicted: counted('It had to make room, or was lost, before its time'),
  undecodable: counted('What lay in Redis could not be read'),
  not_following: counted('The server did not see what others change'),
  away: counted('Redis did not answer'),
});

export function wireCauses({
  tooOld,
  notFollowing,
  ...causes
}: Readonly<Misses>): Static<typeof MissesByCause> {
  return { ...causes, too_old: tooOld, not_following: notFollowing };
}

/** To hundredths, which is what people read. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
