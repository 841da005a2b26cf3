import { createReadTimes } from '../../src/availability/counting/times.ts';
import type { CacheContext, Kind } from '../../src/availability/loading/kind.ts';
import type { ReadWatcher } from '../../src/availability/loading/watcher.ts';
import type { Loaded } from '../../src/availability/source.ts';
import { createForgivingStore } from '../../src/availability/store/forgiving-store.ts';
import { createMemoryStore, type MemoryStore } from '../../src/availability/store/memory-store.ts';
import type { Store } from '../../src/availability/store/store.ts';
import { createVersionedCache, type VersionedCache } from '../../src/availability/versioned-cache.ts';
import {
  createKnownVersions,
  type VersionChange,
  type VersionFeed,
} from '../../src/availability/versions.ts';

export const SHOP = 7;
export const TTL = 300_000;

export interface DaysQuery {
  readonly shopId: number;
  readonly days: readonly string[];
}

/** The value of a day tells which version of it was read, and of the barber's hours. */
export interface Seen {
  readonly day: string;
  readonly version: number;
  readonly hours: number;
}

/** Where a day is asked for, the barber's hours. */
export const HOURS = '';

export interface HoursQuery {
  readonly shopId: number;
}

export const query = (...days: string[]): DaysQuery => ({ shopId: SHOP, days });
export const keysOf = ({ days }: DaysQuery) => days.map((day) => `day ${day}`);

/** A database with nothing but versions of days, whose loads can be held up after they have looked. */
export interface World {
  readonly now: () => number;
  pass(ms: number): void;
  /** Counts the day's version up; answers with the change. */
  write(day: string): VersionChange;
  version(day: string): number;
  /** Days of each load so far. */
  readonly loads: string[][];
  /** Statements that compared versions. */
  checks: number;
  /** What a load waits for between its look and its answer. */
  held: () => Promise<void> | undefined;
  readonly kind: Kind<DaysQuery, Seen>;
  /** A kind of its own: the barber's hours. What they are is on every one of his days, too. */
  readonly hours: Kind<HoursQuery, number>;
}

export function createWorld(): World {
  let now = Date.parse('2026-11-22T15:00:00Z');
  const versions = new Map<string, number>();
  const version = (day: string) => versions.get(day) ?? 0;
  const change = (day: string): VersionChange => ({ shopId: SHOP, barberId: 1, day, version: version(day) });

  const world: World = {
    now: () => now,
    pass(ms) {
      now += ms;
    },
    write(day) {
      versions.set(day, version(day) + 1);
      return change(day);
    },
    version,
    loads: [],
    checks: 0,
    held: () => undefined,
    kind: {
      name: 'days',
      ttlMs: TTL,
      targets: ({ days }) => days.map((day) => ({ key: `day ${day}`, shopId: SHOP, barberId: 1, day })),
      nameOf: ({ days }) => days.join(),
      keyOf: (_, { day }) => `day ${day}`,
      knownOf: (known, { shopId, barberId, day }) => known.of(shopId, barberId, day),
      load: (targets) => [load(targets.map(({ day }) => day))],
      async current({ days }) {
        world.checks += 1;
        return {
          at: now,
          history: 'history',
          versions: [HOURS, ...days].map(change).filter(({ version }) => version > 0),
        };
      },
    },
    hours: {
      name: 'schedules',
      ttlMs: TTL,
      targets: () => [{ key: 'hours', shopId: SHOP, barberId: 1, day: HOURS }],
      nameOf: () => 'hours',
      keyOf: () => 'hours',
      knownOf: (known) => known.of(SHOP, 1, HOURS),
      load: () => [loadHours()],
      current: async () => ({
        at: now,
        history: 'history',
        versions: [change(HOURS)].filter(({ version }) => version > 0),
      }),
    },
  };

  async function load(days: readonly string[]): Promise<readonly Loaded<Seen>[]> {
    world.loads.push([...days]);
    const loaded = days.map((day) => ({
      value: { day, version: version(day), hours: version(HOURS) },
      versions: { shop: 0, barber: version(HOURS), day: version(day) },
      loadedAt: now,
    }));
    await world.held();
    return loaded;
  }

  async function loadHours(): Promise<readonly Loaded<number>[]> {
    const value = version(HOURS);
    const loaded = { value, versions: { shop: 0, barber: value, day: 0 }, loadedAt: now };
    await world.held();
    return [loaded];
  }

  return world;
}

/** A feed that follows, sees and knows what a test says. */
export interface ManualFeed extends VersionFeed {
  following: boolean;
  /** Another database is found. */
  reset(): void;
}

export function createManualFeed(world: Pick<World, 'now'>): ManualFeed {
  const known = createKnownVersions();
  const listeners = new Set<() => void>();
  const changeListeners = new Set<(changes: readonly VersionChange[]) => void>();
  const feed: ManualFeed = {
    known,
    following: true,
    isFollowing: () => feed.following,
    followedNow: () => (feed.following ? world.now() : Number.NaN),
    asOf: () => world.now() - 100,
    history: () => 'history',
    now: world.now,
    learn(changes) {
      const news = known.learn(changes, world.now());
      if (news.length > 0) for (const listener of changeListeners) listener(news);
    },
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onCaughtUp: () => () => {},
    onReset(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset() {
      known.reset();
      for (const listener of listeners) listener();
      known.trustFrom(world.now());
    },
  };
  return feed;
}

export interface Instance {
  readonly feed: ManualFeed;
  readonly store: MemoryStore;
  readonly cache: VersionedCache<DaysQuery, Seen>;
  readonly hours: VersionedCache<HoursQuery, number>;
}

/** A process with a cache of its own. Whoever waits for another's load lets `delay` decide how long that is. */
export function createInstance(
  world: World,
  options: {
    shared?: Store;
    maxEntries?: number;
    delay?: CacheContext['delay'];
    random?: () => number;
    watch?: ReadWatcher;
  } = {},
): Instance {
  const clock = { now: world.now };
  const feed = createManualFeed(world);
  const store = createMemoryStore({ maxEntries: options.maxEntries ?? 1_000, clock });
  const context: CacheContext = {
    store,
    shared: options.shared && createForgivingStore(options.shared),
    feed,
    clock,
    monotonic: world.now,
    delay: options.delay ?? (async (ms) => world.pass(ms)),
    random: options.random ?? (() => 0.5),
    watch: options.watch ?? (() => undefined),
    times: createReadTimes(),
  };
  return {
    feed,
    store,
    cache: createVersionedCache(world.kind, context),
    hours: createVersionedCache(world.hours, context),
  };
}

/** A door for loads: closed until it is opened. */
export function createGate(): { held: () => Promise<void>; open: () => void } {
  let open = () => {};
  const held = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { held: () => held, open };
}
