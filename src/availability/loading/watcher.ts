import type { Target } from './target.ts';

/** The kinds of data that are cached. */
export const KIND_NAMES = ['days', 'schedules', 'rules'] as const;

export type KindName = (typeof KIND_NAMES)[number];

/** How long values of each kind may be kept, in seconds. */
export type Lifetimes = Readonly<Record<KindName, number>>;

/** Called each time that an answer is given to a reader. */
export type Seen = () => void;

/**
 * Sees what readers ask for, whether it is cached or not; not what a warm-up reads. Called when an answer is put
 * together, with all that it is made of; what it gives back is called each time that this answer is given, the first
 * included, and has to be quick: a hot read takes a microsecond.
 */
export type ReadWatcher = (kind: KindName, targets: readonly Target[]) => Seen | undefined;

/** All of the watchers as one. */
export function watchedBy(watchers: readonly ReadWatcher[]): ReadWatcher {
  return (kind, targets) => {
    const all = watchers.map((watch) => watch(kind, targets)).filter((seen) => seen !== undefined);
    if (all.length <= 1) return all[0];
    return () => {
      for (const seen of all) seen();
    };
  };
}
