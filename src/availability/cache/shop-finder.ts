import { isUnreachable } from '../../database/errors.ts';
import { within } from '../../timing.ts';
import type { MaybePromise, ShopSource } from '../source.ts';
import type { VersionFeed } from '../versions.ts';

/** Remembers which shop a slug means, until a shop changes. That there is none is not remembered. */
export interface ShopFinder {
  find(slug?: string): MaybePromise<number | undefined>;
  /** Everything is looked up again, and what is being looked up just now is not remembered. */
  forget(): void;
  close(): void;
}

/** Who has something to fall back on waits this long for a Postgres that may hang, then for as long not at all. */
const DOUBT_MS = 1_000;

/**
 * Slugs change, and shops come and go: each counts up the version of a shop's rules, and then everything is
 * forgotten, for the first shop may be another one too. While the changes of others are not seen, what is
 * remembered is only for when Postgres is away.
 */
export function createShopFinder(
  source: Pick<ShopSource, 'find'>,
  feed: Pick<VersionFeed, 'isFollowing' | 'onChange' | 'onReset'>,
  monotonic: () => number,
): ShopFinder {
  const found = new Map<string | undefined, number>();
  const finding = new Map<string | undefined, Promise<number | undefined>>();
  let generation = 0;
  let doubtUntil = Number.NEGATIVE_INFINITY;

  function forget(): void {
    generation += 1;
    found.clear();
    finding.clear();
  }

  async function look(slug: string | undefined, began: number): Promise<number | undefined> {
    try {
      const id = await source.find(slug);
      if (began === generation && id === undefined) found.delete(slug);
      else if (began === generation && id !== undefined) found.set(slug, id);
      return id;
    } finally {
      if (began === generation) finding.delete(slug);
    }
  }

  function search(slug: string | undefined): Promise<number | undefined> {
    let looking = finding.get(slug);
    if (looking === undefined) {
      looking = look(slug, generation);
      finding.set(slug, looking);
    }
    return looking;
  }

  async function searchPast(slug: string | undefined, remembered: number): Promise<number | undefined> {
    if (monotonic() < doubtUntil) return remembered;
    try {
      return await within(DOUBT_MS, search(slug));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      doubtUntil = monotonic() + DOUBT_MS;
      return remembered;
    }
  }

  const stops = [
    feed.onReset(forget),
    feed.onChange((changes) => {
      if (changes.some(({ barberId }) => barberId === 0)) forget();
    }),
  ];

  return {
    find(slug) {
      const id = found.get(slug);
      if (id === undefined) return search(slug);
      return feed.isFollowing() ? id : searchPast(slug, id);
    },
    forget,
    close() {
      for (const stop of stops) stop();
    },
  };
}
