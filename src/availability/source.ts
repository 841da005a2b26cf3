import type { BarberDay } from '../calendar/barber-day.ts';
import type { BarberSchedule, ShopRules } from '../shop/rules.ts';
import type { KindName, Seen } from './loading/watcher.ts';

export type MaybePromise<T> = T | Promise<T>;

/** Versions of what a value was made from; 0 where nothing ever changed or where it does not depend on it. */
export interface Versions {
  readonly shop: number;
  readonly barber: number;
  readonly day: number;
}

/** What was read, the versions it was made from and Postgres's time of the read (epoch ms), in one snapshot. */
export interface Loaded<T> {
  readonly value: T;
  readonly versions: Versions;
  readonly loadedAt: number;
}

export interface DayQuery {
  readonly shopId: number;
  readonly barberIds: readonly number[];
  /** First and last date at the shop, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * What a caller wants of its reads, and what became of them; one object follows a request through all of them.
 * `asOf` is the earliest instant (epoch ms, Postgres's clock) at which everything read was known to be exact.
 */
export interface Read {
  /** A strong read: compared with Postgres before it is answered. */
  readonly exact: boolean;
  /** To have it cached, and for nobody: neither a hit nor a miss, nor demand. */
  readonly warming: boolean;
  /** For warming: until when (epoch ms, Postgres's clock) what is cached has to be usable, or else is loaded anew. */
  readonly lastingUntil: number;
  asOf: number;
  hits: number;
  /** The same by kind, for when the answer is given once more. */
  readonly hitsOf: Record<KindName, number>;
  misses: number;
  /** Values that were loaded past the cache, because it cannot be trusted just now or is not there. */
  bypassed: number;
  /** Postgres is away and the answer is the last one known. */
  degraded: boolean;
  /** Up to when (epoch ms, Postgres's clock) what came out of the cache may be used. */
  until: number;
  /** To be called again where the same answer is given once more without being read. */
  readonly seen: Seen[];
}

/** The port through which everything reads barber-days, ordered by barber as asked, then by date. */
export interface AvailabilitySource {
  load(query: DayQuery, read?: Read): MaybePromise<readonly Loaded<BarberDay>[]>;
}

/** The port for the slower-moving ingredients. Undefined where there is no such shop. */
export interface ShopSource {
  /** The id of a shop by its slug; without one, of the first shop. */
  find(slug?: string): MaybePromise<number | undefined>;
  rules(shopId: number, read?: Read): MaybePromise<Loaded<ShopRules> | undefined>;
  schedules(
    shopId: number,
    barberIds: readonly number[],
    read?: Read,
  ): MaybePromise<readonly Loaded<BarberSchedule>[]>;
}

/** What a source adds that sees what changes: whether everything read of a shop may be used once more. */
export interface Watchful {
  /** Stays the same until something of the shop changes; undefined while changes are not seen. */
  epoch(shopId: number): number | undefined;
  /** When that read was last known to be exact (epoch ms), if it was made at this epoch; else undefined. */
  exactAgain(shopId: number, epoch: number, read: Read): number | undefined;
}

/** A read with nothing noted yet. */
export function newRead({ exact = false, warming = false, lastingUntil = 0 } = {}): Read {
  const never = Number.POSITIVE_INFINITY;
  return {
    exact,
    warming,
    lastingUntil,
    asOf: never,
    hits: 0,
    hitsOf: { days: 0, schedules: 0, rules: 0 },
    misses: 0,
    bypassed: 0,
    degraded: false,
    until: never,
    seen: [],
  };
}

/** The rules of the shop with this slug; without one, of the first shop. Undefined where there is none. */
export async function rulesOfShop(
  shops: Pick<ShopSource, 'find' | 'rules'>,
  slug: string | undefined,
  read?: Read,
): Promise<ShopRules | undefined> {
  const shopId = await shops.find(slug);
  return shopId === undefined ? undefined : (await shops.rules(shopId, read))?.value;
}
