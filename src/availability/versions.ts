/**
 * What an instance knows of the versions in Postgres, and which loaded values it may use: rules 3 and 4 of the
 * freshness protocol. Pure: no I/O and no clock, so that a model checker can run this very code.
 *
 *             a poll succeeded          its begin is a second ago, or one failed
 *   starting ------------------> following -----------------------------> lost
 *      ^                            | ^          a poll succeeded           |
 *      |                            | +------------------------------------+
 *      +----------------------------+--------- another database ------------+
 */
import type { Loaded, Versions } from './source.ts';

/** A version that was counted up: of a shop's rules (barberId 0), a barber's rules (day '') or a barber's day. */
export interface VersionChange {
  readonly shopId: number;
  readonly barberId: number;
  readonly day: string;
  readonly version: number;
}

/** The least that a value must be made from: its versions, and the load itself no older than `since`. */
export interface Known extends Versions {
  /** Epoch ms. What was loaded earlier comes from a history of the database that is no more. */
  readonly since: number;
}

export interface KnownVersions {
  /** Takes in what is new; answers with just that. A lower version never replaces a higher one. */
  learn(changes: readonly VersionChange[], now: number): readonly VersionChange[];
  /** The versions on which a barber's day depends; with day '' or barber 0, on which a barber's or a shop's rules do. */
  of(shopId: number, barberId: number, day: string): Known;
  /**
   * A number that changes with everything learned about the shop and never comes back: what was acceptable at
   * this epoch still is, as long as it lasts.
   */
  epoch(shopId: number): number;
  /** Gives every shop another epoch: what was acceptable is to be judged anew. */
  judgeAnew(): void;
  /** Forgets everything, because the database is another one. Nothing is acceptable until `trustFrom`. */
  reset(): void;
  /** After a reset: what is loaded from now on (epoch ms) is of the present history. */
  trustFrom(now: number): void;
  /** Epoch ms: what was loaded earlier is of another history. */
  readonly since: number;
  readonly size: number;
}

/** The longest time a value is used, whatever is configured (ms). */
export const LONGEST_LIFETIME = 24 * 3_600_000;
/** Versions are known for this much longer (ms): a transaction may commit so long after it bumped them. */
export const KNOWN_MARGIN = 3_600_000;
/** An instance follows while its last successful poll began less than this ago (ms). */
export const FOLLOWING_LIMIT = 1_000;
/** A value may seem to be loaded this much in the future (ms) by clocks that differ; beyond, the clock was set. */
const FUTURE_LIMIT = 60_000;

interface Entry {
  readonly change: VersionChange;
  readonly learnedAt: number;
}

/**
 * A map of recently changed keys. Times are epoch ms of Postgres's clock; what was learned longer ago than
 * `lifetime` and a margin is forgotten, because no value from before it is in use any more.
 */
export function createKnownVersions(lifetime = LONGEST_LIFETIME): KnownVersions {
  /** By shop, barber and day: a key of one string would cost ten times as much to build as to look up. */
  const shops = new Map<number, Map<number, Map<string, Entry>>>();
  /** In the order of learning, so that the oldest are in front. */
  const learned = new Set<Entry>();
  const epochs = new Map<number, number>();
  let epoch = 0;
  /** Of shops of which nothing was learned since. */
  let commonEpoch = 0;
  let since = Number.NEGATIVE_INFINITY;

  function remember(change: VersionChange, now: number): void {
    const barbers = getOrAdd(shops, change.shopId, () => new Map());
    const days = getOrAdd(barbers, change.barberId, () => new Map());
    const before = days.get(change.day);
    if (before !== undefined) learned.delete(before);
    const entry = { change, learnedAt: now };
    days.set(change.day, entry);
    learned.add(entry);
    epochs.set(change.shopId, ++epoch);
  }

  function prune(now: number): void {
    for (const entry of learned) {
      if (entry.learnedAt + lifetime + KNOWN_MARGIN > now) return;
      const { shopId, barberId, day } = entry.change;
      const days = shops.get(shopId)?.get(barberId);
      days?.delete(day);
      if (days?.size === 0) shops.get(shopId)?.delete(barberId);
      learned.delete(entry);
    }
  }

  function judgeAnew(): void {
    epochs.clear();
    commonEpoch = ++epoch;
  }

  const versionOf = (days: Map<string, Entry> | undefined, day: string) =>
    days?.get(day)?.change.version ?? 0;

  return {
    learn(changes, now) {
      const news: VersionChange[] = [];
      for (const change of changes) {
        const days = shops.get(change.shopId)?.get(change.barberId);
        if (change.version <= versionOf(days, change.day)) continue;
        remember(change, now);
        news.push(change);
      }
      prune(now);
      return news;
    },
    of(shopId, barberId, day) {
      const barbers = shops.get(shopId);
      const days = barberId === 0 ? undefined : barbers?.get(barberId);
      return {
        shop: versionOf(barbers?.get(0), ''),
        barber: versionOf(days, ''),
        day: day === '' ? 0 : versionOf(days, day),
        since,
      };
    },
    epoch: (shopId) => epochs.get(shopId) ?? commonEpoch,
    judgeAnew,
    reset() {
      shops.clear();
      learned.clear();
      judgeAnew();
      since = Number.POSITIVE_INFINITY;
    },
    trustFrom(now) {
      if (since === Number.POSITIVE_INFINITY) since = now;
    },
    get since() {
      return since;
    },
    get size() {
      return learned.size;
    },
  };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}

export type Verdict = 'acceptable' | 'tooOld' | 'expired';

/** Rule 4 but for following: whether a value may be used by somebody who knows this much, or why not. */
export function judge(
  loaded: Omit<Loaded<unknown>, 'value'>,
  known: Known,
  now: number,
  ttlMs: number,
): Verdict {
  if (isOutdated(loaded, known)) return 'tooOld';
  const age = now - loaded.loadedAt;
  return age < Math.min(ttlMs, LONGEST_LIFETIME) && age > -FUTURE_LIMIT ? 'acceptable' : 'expired';
}

/** Whether a value is of a history that is no more, or something is known to have changed since it was loaded. */
export function isOutdated({ versions, loadedAt }: Omit<Loaded<unknown>, 'value'>, known: Known): boolean {
  return isBelow(versions, known) || loadedAt < known.since;
}

/** Whether something has changed since a value with these versions was read. */
export function isBelow(versions: Versions, known: Versions): boolean {
  return versions.shop < known.shop || versions.barber < known.barber || versions.day < known.day;
}

/** Whether nothing has changed since a value with these versions was read, `current` being Postgres's. */
export function isEqual(versions: Versions, current: Versions): boolean {
  return versions.shop === current.shop && versions.barber === current.barber && versions.day === current.day;
}

/** Whether an instance sees what others change; `began` is monotonic ms, when its last successful poll began. */
export type Following =
  | { readonly kind: 'starting' }
  | { readonly kind: 'following'; readonly began: number }
  | { readonly kind: 'lost'; readonly began: number };

export const STARTING: Following = { kind: 'starting' };

/** A poll that began then has succeeded and been taken in. */
export function polled(state: Following, began: number, monotonicNow: number): Following {
  const latest = state.kind === 'starting' ? began : Math.max(began, state.began);
  return elapsed({ kind: 'following', began: latest }, monotonicNow);
}

/** A poll has failed: others may reach a Postgres that we do not. */
export function failed(state: Following): Following {
  return state.kind === 'following' ? { kind: 'lost', began: state.began } : state;
}

/** Time has passed. */
export function elapsed(state: Following, monotonicNow: number): Following {
  return state.kind !== 'following' || isFollowing(state, monotonicNow)
    ? state
    : { kind: 'lost', began: state.began };
}

/** Whether cached values may be trusted. */
export function isFollowing(state: Following, monotonicNow: number): boolean {
  return state.kind === 'following' && monotonicNow - state.began < FOLLOWING_LIMIT;
}

/** What a cache needs of whoever follows the versions; `ChangeFeed` is ours. */
export interface VersionFeed {
  readonly known: KnownVersions;
  isFollowing(): boolean;
  /** `now()` while following, NaN otherwise: a hot read looks at the clock but once, which costs it 30 to 100 ns. */
  followedNow(): number;
  /** Epoch ms of Postgres: everything committed before is known. -Infinity before the first poll. */
  asOf(): number;
  /**
   * Names the history that the versions are of: the database and the run of its server. Instances that follow the same
   * one have the same name for it. Undefined before the first poll.
   */
  history(): string | undefined;
  /** Epoch ms of Postgres's clock, never ahead of it by more than drift. */
  now(): number;
  /** Makes versions known, own writes above all, and tells the listeners what was new. */
  learn(changes: readonly VersionChange[]): void;
  /** Called with versions after they became known here. Returns how to stop. */
  onChange(listener: (changes: readonly VersionChange[]) => void): () => void;
  /** Called when following begins, and begins again: what was missed in between has been told. */
  onCaughtUp(listener: () => void): () => void;
  /** Called when the database turned out to be another one: everything cached is to be forgotten. */
  onReset(listener: () => void): () => void;
}
