import { traced } from '../../tracing.ts';
import { createSizes, type Sizes } from '../counting/sizes.ts';
import type { KindStats, MissCause } from '../counting/stats.ts';
import type { Origins } from '../counting/tally.ts';
import type { Loaded } from '../source.ts';
import type { ForgivingStore } from '../store/forgiving-store.ts';
import type { KeptEntry } from '../store/memory-store.ts';
import { isOutdated, judge, LONGEST_LIFETIME, type Verdict } from '../versions.ts';
import { createCoalescing, type Sequence } from './coalescing.ts';
import { mayUse, type Standpoint, usesSharedStore } from './decisions.ts';
import { asOfKind, type CacheContext, type Kind } from './kind.ts';
import { createSharedFill } from './shared-fill.ts';
import { createSharedLook, type Look } from './shared-look.ts';
import type { Target, Values } from './target.ts';

export interface Loader<T> {
  /** What lies in the process under the target's key, whatever it is worth. */
  kept(target: Target): Loaded<T> | undefined;
  /** Rule 4 but for following, of that. If it is acceptable, that is noted in the store for its epoch. */
  worth(target: Target, now?: number): Verdict | 'cold';
  /** Why it cannot be used, or is not there, as far as can be told. */
  whyMissed(target: Target): MissCause;
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
  obtain(targets: readonly Target[], way?: Way): Promise<Obtained<T>>;
  /** Resolves when all that was loaded so far is in the shared store, or could not be put there. */
  stored(): Promise<void>;
  readonly sizes: Sizes;
}

export interface Obtained<T> {
  readonly values: Values<T>;
  /** Where the targets were fetched, also those that do not exist. */
  readonly from: Readonly<Origins>;
}

interface Way {
  /** Nothing that was loaded for others before the call. */
  readonly direct?: boolean;
  /** Without other processes, as is whatever is `direct`. */
  readonly pastStore?: boolean | undefined;
}

/** Values are kept up to this share longer or shorter, so that what was loaded together is not missed together. */
const JITTER = 0.1;

const NOBODY: ReadonlySet<string> = new Set();

/** Whatever can be judged by its versions and its age. */
type Judged = Omit<Loaded<unknown>, 'value'>;

/** Rule 5: one loader. Everything that is loaded is put into the stores. */
export function createLoader<Q extends { readonly shopId: number }, T>(
  kind: Kind<Q, T>,
  context: CacheContext,
  stats: KindStats,
): Loader<T> {
  const { store, shared, feed, clock, monotonic, random } = context;
  const { known } = feed;
  const sequence: Sequence = { current: 0 };
  const sizes = createSizes(store, shared);
  /** Of all that was put into the shared store so far. */
  let storing: Promise<unknown> = Promise.resolve();
  const loads = createCoalescing(
    async (targets) => ({ values: (await load(targets)).values, fromOthers: NOBODY }),
    sequence,
    monotonic,
  );
  const keepFor = () => kind.ttlMs * (1 - JITTER + 2 * JITTER * random());

  /** From where values are judged at this moment. */
  function standpoints(): (target: Target) => Standpoint {
    const { ttlMs } = kind;
    const [isFollowing, now] = [feed.isFollowing(), feed.now()];
    return (target) => ({ known: kind.knownOf(known, target), isFollowing, now, ttlMs });
  }

  /** Puts values into the process; answers how many of them met nothing newer. */
  function keep(entries: readonly KeptEntry[]): number {
    sizes.note(entries);
    return store.putMany(entries);
  }

  const look =
    shared &&
    createSharedLook<T>({
      shared,
      standpoints,
      onFound(found) {
        const now = feed.now();
        keep(
          found.map(({ key, loaded }) => ({
            key,
            loaded,
            ttlMs: keepFor() - Math.max(0, now - loaded.loadedAt),
            kind: kind.name,
            isStored: true,
          })),
        );
      },
      whyAbsent(target) {
        const trace = store.trace(target.key);
        if (trace === undefined) return 'cold';
        if (isOld(trace.loaded, target)) return 'tooOld';
        if (!trace.isStored) return 'cold';
        // Whoever stored it, it was to stay there for so long at least.
        const storedUntil = trace.loaded.loadedAt + kind.ttlMs * (1 - JITTER);
        return feed.now() < storedUntil ? 'evicted' : 'expired';
      },
    });
  const fill =
    shared && look && createSharedFill<T>({ ...context, shared, look, load, isFollowing: feed.isFollowing });
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

  const verdict = (loaded: Judged, target: Target) =>
    judge(loaded, kind.knownOf(known, target), feed.now(), kind.ttlMs);

  function whyMissed(target: Target): MissCause {
    const trace = store.trace(target.key);
    if (trace === undefined) return 'cold';
    const state = verdict(trace.loaded, target);
    if (state !== 'acceptable') return state;
    return trace.keptUntil > clock.now() ? 'evicted' : 'expired';
  }

  const isOld = (loaded: Judged, target: Target) => isOutdated(loaded, kind.knownOf(known, target));

  const exactAt = (loaded: Loaded<unknown>, target: Target) =>
    isOld(loaded, target) ? loaded.loadedAt : Math.max(loaded.loadedAt, feed.asOf());

  async function load(targets: readonly Target[]): Promise<{ values: Values<T>; stored: Promise<unknown> }> {
    const { since } = known;
    const shopId = targets[0]?.shopId ?? 0;
    const about = { attributes: { 'freshchair.kind': kind.name, 'freshchair.values': targets.length } };
    const loaded = await traced('freshchair.load', about, async () => {
      const calls = kind.load(targets);
      stats.loads += calls.length;
      return (await Promise.all(calls)).flat();
    });
    const values = new Map(loaded.map((one) => [kind.keyOf(shopId, one.value), one]));
    // What was loaded while the database became another one may be of either.
    if (known.since !== since) return { values, stored: Promise.resolve() };
    const entries = [...values].map(([key, one]) => entryOf(key, one));
    stats.process.superseded += entries.length - keep(entries);
    const stored = shared === undefined ? Promise.resolve() : storeIn(shared, entries);
    storing = Promise.all([storing, stored]);
    return { values, stored };
  }

  function entryOf(key: string, loaded: Loaded<T>): KeptEntry {
    // Until it turns out that it is not.
    return { key, loaded, ttlMs: keepFor(), kind: kind.name, isStored: shared !== undefined };
  }

  async function storeIn(there: ForgivingStore, entries: readonly KeptEntry[]): Promise<void> {
    const stored = await there.putMany(entries);
    if (stored === undefined) store.notStored(entries);
    else stats.shared.superseded += entries.length - stored;
  }

  async function obtain(
    targets: readonly Target[],
    { direct = false, pastStore = direct }: Way = {},
  ): Promise<Obtained<T>> {
    const arrival = sequence.current;
    const values = new Map<string, Loaded<T>>();
    const from: Origins = { loaded: 0, joined: 0, waits: 0 };
    let open = targets;
    for (let round = 1; open.length > 0; round++) {
      const again: Target[] = [];
      const runs = usesSharedStore({ pastStore, round }) ? fills : loads;
      for (const { target, began, isOwn, loading } of runs.join(open)) {
        const loaded = await loading;
        const value = loaded?.values.get(target.key);
        const isFresh = began > arrival;
        const part = { isFresh, direct, round };
        if (value !== undefined && mayUse(value, part, standpoints()(target))) values.set(target.key, value);
        else if (loaded === undefined || value !== undefined || !isFresh) {
          again.push(target);
          continue;
        }
        from[originOf(isOwn, loaded?.fromOthers.has(target.key))] += 1;
      }
      open = again;
    }
    return { values, from };
  }

  return {
    kept,
    worth,
    whyMissed,
    verdict,
    isOutdated: isOld,
    exactAt,
    usableUntil,
    look,
    obtain,
    async stored() {
      await storing;
    },
    sizes,
  };
}

function originOf(isOwn: boolean, isFromOthers = false): keyof Origins {
  if (!isOwn) return 'joined';
  return isFromOthers ? 'waits' : 'loaded';
}
