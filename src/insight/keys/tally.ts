import { type KeyKind, kindOfKey } from './kinds.ts';

export interface KindTally {
  /** Keys met, or about how many there are. */
  readonly keys: number;
  /** Undefined where no key was weighed. */
  readonly averageBytes: number | undefined;
}

/** What was found where keys are. */
export interface Tally {
  readonly kinds: ReadonlyMap<KeyKind['kind'], KindTally>;
  /** Whether only a part was looked at. */
  readonly isEstimate: boolean;
}

/** Counts keys by kind, and keeps some of each to be weighed. */
export function createCount(samples: number) {
  const counts = new Map<KeyKind['kind'], { keys: number; readonly some: string[] }>();
  let met = 0;
  return {
    counts,
    get met() {
      return met;
    },
    add(key: string): void {
      met += 1;
      const kind = kindOfKey(key);
      if (kind === undefined) return;
      const count = counts.get(kind) ?? { keys: 0, some: [] };
      count.keys += 1;
      if (count.some.length < samples) count.some.push(key);
      counts.set(kind, count);
    },
  };
}

/** Several places as one. */
export function together(tallies: readonly Tally[]): Tally {
  const kinds = new Map<KeyKind['kind'], KindTally>();
  for (const tally of tallies)
    for (const [kind, { keys, averageBytes }] of tally.kinds) {
      const before = kinds.get(kind);
      const weighed = (before?.keys ?? 0) + keys;
      const averages = [
        before && { keys: before.keys, bytes: before.averageBytes },
        { keys, bytes: averageBytes },
      ];
      const known = averages.filter((one) => one?.bytes !== undefined);
      const total = known.reduce((sum, one) => sum + (one?.keys ?? 0), 0);
      const bytes = known.reduce((sum, one) => sum + (one?.keys ?? 0) * (one?.bytes ?? 0), 0);
      kinds.set(kind, { keys: weighed, averageBytes: total === 0 ? undefined : bytes / total });
    }
  return { kinds, isEstimate: tallies.some(({ isEstimate }) => isEstimate) };
}
