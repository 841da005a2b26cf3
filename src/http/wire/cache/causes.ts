import { type Static, Type } from 'typebox';
import type { Misses } from '../../../availability/counting/stats.ts';

const Count = (description: string) => Type.Integer({ minimum: 0, description });

export const MissesByCause = Type.Object({
  cold: Count('Never read before, as far as is known'),
  expired: Count('Its lifetime was over'),
  too_old: Count('Something had changed since it was loaded'),
  evicted: Count('It had to make room, or was lost, before its time'),
  undecodable: Count('What lay in Redis could not be read'),
  not_following: Count('The server did not see what others change'),
  away: Count('Redis did not answer'),
});

export function wireCauses({
  tooOld,
  notFollowing,
  ...causes
}: Readonly<Misses>): Static<typeof MissesByCause> {
  return { ...causes, too_old: tooOld, not_following: notFollowing };
}
