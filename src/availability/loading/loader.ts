import type { Loaded } from '../source.ts';
import { isOutdated, judge, LONGEST_LIFETIME, type Verdict } from '../versions.ts';
import { createCoalescing, type Sequence } from './coalescing.ts';
import { mayUse, type Standpoint, usesSharedStore } from './decisions.ts';
import { asOfKind, type CacheContext, type Kind } from './kind.ts';
import { createSharedFill } from './shared-fill.ts';
import { createSharedLook, type Look } from './shared-look.ts';
import type { KindStats } from './stats.ts';
import type { Target, Values } from './target.ts';

export interface Loader<T> {
  /** What lies in the process under the target's key, whatever it is worth. */
  kept(target: Target): Loaded<T> | undefined;
  /** Rule 4 but for following, of that. If it is acceptable, that is noted in the store for its epoch. */
  worth(target: Target, now?: number): Verdict | 'cold';
  /** Rule 4 but for following, of any value. */
  verdict(loaded: Loaded<unknown>, target: Target): Verdict;
  /** Whether something is known to have changed since the value was loaded. */
  isOutdated(loaded: Loaded<unknown>, target: Target): boolean;
  /** When its lifetime ends (epoch ms). */
  usableUntil(loaded: Loaded<unknown>): number;
  /** When the value was last known to be exact (epoch ms). */
  exactAt(loaded: Loaded<unknown>, target: Target): number;
  /** What may be used of what lies in the shared store, where there is one; it lies in the process afterwards. */
  readonly look: ((targets: readonly Target[]) => Promise<Look<T>>) | undefined;
  /**
   * The values of the targets, loaded with whoever else wants them. All of them may be used by somebody who asked when
   * this was called. What does not exist is left out.
   */
  obtain(targets: readonly Target[], way?: Way): Promise<Values<T>>;
  /** Resolves when all that was loaded so far is in the shared store, or could not be put there. */
  stored(): Promise<void>;
}

interface Way {
  /** Nothing that was loaded for others before the call. */
  readonly direct?: boolean;
  /** Without other processes, as is whatever is `direct`. */
  readonly pastStore?: boolean | undefined;
}

/** Values are kept up to this share longer or shorter, so that what was loaded together is not missed together. */
const JITTER = 0.1;

/** Rule 5: one loader. Everything that is loaded is put into the stores. */
export function createLoader<Q extends { readonly shopId: number }, T>(
  kind: Kind<Q, T>,
  context: CacheContext,
  stats: KindStats,
): Loader<T> {
  const { store, shared, feed, clock, monotonic, random } = context;
  const { known } = feed;
  const sequence: Sequence = { current: 0 };
  /** Of all that was put into the shared store so far. */
  let storing: Promise<unknown> = Promise.resolve();
  const loads = createCoalescing(async (targets) => (await load(targets)).values, sequence, monotonic);
  const keepFor = () => kind.ttlMs * (1 - JITTER + 2 * JITTER * random());

  /** From where values are judged at this moment. */
  function standpoints(): (target: Target) => Standpoint {
    const { ttlMs } = kind;
    const [isFollowing, now] = [feed.isFollowing(), feed.now()];
    return (target) => ({ known: kind.knownOf(known, target), isFollowing, now, ttlMs });
  }

  const look =
    shared &&
    createSharedLook<T>({
      shared,
      standpoints,
      onFound(found) {
        stats.shared.hits += found.length;
        const now = feed.now();
        store.putMany(
          found.map(({ key, loaded }) => ({
            key,
            loaded,
            ttlMs: keepFor() - Math.max(0, now - loaded.loadedAt),
          })),
        );
      },
    });
  const fill =
    shared &&
    look &&
    createSharedFill<T>({ ...context, shared, look, load, stats, isFollowing: feed.isFollowing });
  const fills = fill === undefined ? loads : createCoalescing(fill, sequence, monotonic);

  function kept({ key }: Target): Loaded<T> | undefined {
    const found = store.get(key);
    return found !== undefined && found.keptUntil > clock.now() ? asOfKind<T>(found.loaded) : undefined;
  }

  const usableUntil = ({ loadedAt }: Loaded<unknown>) => loadedAt + Math.min(kind.ttlMs, LONGEST_LIFETIME);

  function worth(target: Target, now = feed.now()): Verdict | 'cold' {
    const found = store.get(target.key);
    if (found === undefined) return 'cold';
    const epoch = known.epoch(target.shopId);
    if (found.acceptedAt === epoch && now < found.acceptedUntil) return 'acceptable';
    const left = found.keptUntil - clock.now();
    if (left <= 0) return 'expired';
    const state = judge(found.loaded, kind.knownOf(known, target), now, kind.ttlMs);
    if (state === 'acceptable') {
      found.acceptedAt = epoch;
      found.acceptedUntil = Math.min(now + left, usableUntil(found.loaded));
    }
    return state;
  }

  const verdict = (loaded: Loaded<unknown>, target: Target) =>
    judge(loaded, kind.knownOf(known, target), feed.now(), kind.ttlMs);

  const isOld = (loaded: Loaded<unknown>, target: Target) => isOutdated(loaded, kind.knownOf(known, target));

  const exactAt = (loaded: Loaded<unknown>, target: Target) =>
    isOld(loaded, target) ? loaded.loadedAt : Math.max(loaded.loadedAt, feed.asOf());

  async function load(targets: readonly Target[]): Promise<{ values: Values<T>; stored: Promise<unknown> }> {
    const { since } = known;
    const calls = kind.load(targets);
    stats.loads += calls.length;
    const shopId = targets[0]?.shopId ?? 0;
    const loaded = (await Promise.all(calls)).flat();
    const values = new Map(loaded.map((one) => [kind.keyOf(shopId, one.value), one]));
    // What was loaded while the database became another one may be of either.
    if (known.since !== since) return { values, stored: Promise.resolve() };
    const entries = [...values].map(([key, one]) => ({ key, loaded: one, ttlMs: keepFor() }));
    stats.superseded += entries.length - store.putMany(entries);
    const stored = Promise.resolve(shared?.putMany(entries));
    storing = Promise.all([storing, stored]);
    return { values, stored };
  }

  async function obtain(
    targets: readonly Target[],
    { direct = false, pastStore = direct }: Way = {},
  ): Promise<Values<T>> {
    const arrival = sequence.current;
    const values = new Map<string, Loaded<T>>();
    let open = targets;
    for (let round = 1; open.length > 0; round++) {
      const again: Target[] = [];
      const runs = usesSharedStore({ pastStore, round }) ? fills : loads;
      for (const { target, began, loading } of runs.join(open)) {
        const loaded = await loading;
        const value = loaded?.get(target.key);
        const isFresh = began > arrival;
        const part = { isFresh, direct, round };
        if (value !== undefined && mayUse(value, part, standpoints()(target))) values.set(target.key, value);
        else if (loaded === undefined || value !== undefined || !isFresh) again.push(target);
      }
      open = again;
    }
    return values;
  }

  const stored = async () => {
    await storing;
  };

  return { kept, worth, verdict, isOutdated: isOld, exactAt, usableUntil, look, obtain, stored };
}
