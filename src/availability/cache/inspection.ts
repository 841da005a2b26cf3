import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { CacheContext, Kind } from '../loading/kind.ts';
import type { Target } from '../loading/target.ts';
import type { KindName } from '../loading/watcher.ts';
import type { Loaded, Versions } from '../source.ts';
import { createKnownVersions, judge } from '../versions.ts';
import { targetOf } from './keys.ts';
import { selectVersions } from './version-queries.ts';

export type Tier = 'process' | 'redis';

/** A value that a reader would be given. */
export interface Held {
  readonly tier: Tier;
  readonly target: Target;
  readonly loaded: Loaded<unknown>;
}

/** Looks at what is cached without being a reader: nothing counts as used, is counted, or is loaded. */
export interface Inspection {
  /** Names the history that the versions are of; undefined while the changes of others are not seen. */
  history(): string | undefined;
  /** Of what lies in the process, up to so many, spread over all of it; the most recently used first. */
  sample(limit: number): readonly { readonly kind: KindName; readonly target: Target }[];
  /** What may be used of these just now, out of each tier. */
  look(kind: KindName, targets: readonly Target[]): Promise<readonly Held[]>;
  /** The versions in Postgres on which a value depends, and of which history they are. */
  current(
    kind: KindName,
    target: Target,
  ): Promise<{ readonly history: string; readonly versions: Versions; readonly at: number }>;
}

type Judged = Pick<Kind<never, unknown>, 'ttlMs' | 'knownOf'>;

export function createInspection(
  kinds: Readonly<Record<KindName, Judged>>,
  db: Kysely<Database>,
  {
    store,
    shared,
    feed,
    clock,
    random,
  }: Pick<CacheContext, 'store' | 'shared' | 'feed' | 'clock' | 'random'>,
): Inspection {
  function mayUse(kind: KindName, target: Target, loaded: Loaded<unknown>): boolean {
    const { knownOf, ttlMs } = kinds[kind];
    return judge(loaded, knownOf(feed.known, target), feed.now(), ttlMs) === 'acceptable';
  }

  function inProcess(target: Target): Loaded<unknown> | undefined {
    const kept = store.peek(target.key);
    return kept !== undefined && kept.keptUntil > clock.now() ? kept.loaded : undefined;
  }

  return {
    history: () => (feed.isFollowing() ? feed.history() : undefined),
    sample(limit) {
      const step = Math.max(1, Math.ceil(store.size / limit));
      const first = Math.floor(random() * step);
      const found: { kind: KindName; target: Target }[] = [];
      let i = 0;
      for (const key of store.keys()) {
        const one = i++ % step === first ? targetOf(key) : undefined;
        if (one !== undefined) found.push(one);
      }
      return found;
    },
    async look(kind, targets) {
      const there = await shared?.getMany(targets.map(({ key }) => key));
      if (!feed.isFollowing()) return [];
      return targets.flatMap((target, i) => {
        const tiers = [
          ['process', inProcess(target)],
          ['redis', there?.[i]],
        ] as const;
        return tiers.flatMap(([tier, loaded]) =>
          loaded !== undefined && loaded !== 'undecodable' && mayUse(kind, target, loaded)
            ? [{ tier, target, loaded }]
            : [],
        );
      });
    },
    async current(kind, target) {
      const { shopId, barberId, day } = target;
      const days = day === '' ? undefined : { from: day, to: day };
      const barberIds = barberId === 0 ? [] : [barberId];
      const { history, versions, at } = await selectVersions(db, { shopId, barberIds, days });
      const truth = createKnownVersions();
      truth.learn(versions, at);
      return { history, versions: kinds[kind].knownOf(truth, target), at };
    },
  };
}
