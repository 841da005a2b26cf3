import type { VersionChange } from '../versions.ts';
import type { Poll } from './poll.ts';

/** Upper bounds (ms) of the ranges in which lags are counted; what is longer goes into one more. */
export const LAG_BOUNDS = [
  1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 700, 1_000, 2_000, 5_000, 10_000, 60_000,
] as const;

export interface LagMeter {
  /** A notification told of these changes at `now` (epoch ms of Postgres, as everywhere here). */
  notified(changes: readonly VersionChange[], now: number): void;
  /** This instance wrote them itself: nobody waited for them. */
  own(changes: readonly VersionChange[], now: number): void;
  /** A poll saw them; `news` are those that nobody had told of, `before` is when the poll before looked. */
  polled(seen: Poll, news: readonly VersionChange[], before: number, now: number): void;
  /** Changes of others by how long they took, from the commit until they were known here, in the order of the bounds. */
  readonly counts: readonly number[];
}

/** What was told of, and not polled for so long (ms), has been overwritten since: the poll will never show it. */
const FORGET_MS = 10_000;
const OWN = Number.NaN;

/**
 * Measures how long the changes of others take to become known here. When a change was committed, Postgres does not
 * say; it was after it was written, and after the poll before, which did not see it. So a lag is rather too long.
 */
export function createLagMeter(): LagMeter {
  const counts: number[] = Array.from({ length: LAG_BOUNDS.length + 1 }, () => 0);
  /** When each change was first told of, the oldest in front. */
  const told = new Map<string, { readonly at: number; knownAt: number }>();

  function tell(changes: readonly VersionChange[], at: number, knownAt: number): void {
    forget(at);
    for (const change of changes) {
      const name = nameOf(change);
      const before = told.get(name);
      if (before === undefined) told.set(name, { at, knownAt });
      else if (Number.isNaN(knownAt)) before.knownAt = OWN;
    }
  }

  function forget(now: number): void {
    for (const [name, { at }] of told) {
      if (at + FORGET_MS > now) return;
      told.delete(name);
    }
  }

  function count(lag: number): void {
    const range = LAG_BOUNDS.findIndex((bound) => lag <= bound);
    const i = range < 0 ? LAG_BOUNDS.length : range;
    counts[i] = (counts[i] ?? 0) + 1;
  }

  return {
    notified: (changes, now) => tell(changes, now, now),
    own: (changes, now) => tell(changes, now, OWN),
    polled({ changes, changedAt }, news, before, now) {
      const isNew = new Set(news);
      changes.forEach((change, i) => {
        const name = told.size === 0 ? undefined : nameOf(change);
        const known = name === undefined ? undefined : told.get(name);
        if (name !== undefined) told.delete(name);
        const knownAt = known?.knownAt ?? (isNew.has(change) ? now : OWN);
        // The first poll of all shows what was there before anybody could know of it.
        if (Number.isNaN(knownAt) || before === Number.NEGATIVE_INFINITY) return;
        count(Math.max(0, knownAt - Math.max(changedAt[i] ?? knownAt, before)));
      });
      forget(now);
    },
    counts,
  };
}

function nameOf({ shopId, barberId, day, version }: VersionChange): string {
  return `${shopId} ${barberId} ${day} ${version}`;
}
