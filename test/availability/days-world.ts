import { inject } from 'vitest';
import { type CachedSource, createCachedSource } from '../../src/availability/cached-source.ts';
import type { Lifetimes, ReadWatcher } from '../../src/availability/loading/watcher.ts';
import { createMemoryStore } from '../../src/availability/store/memory-store.ts';
import { datesFrom } from '../../src/calendar/time.ts';
import { openDatabase } from '../../src/database/connection.ts';
import { createManualFeed, type ManualFeed } from './world.ts';

/** The real cached source over days that are all free, on a clock of the test. Nothing is asked of Postgres. */
export interface DaysWorld {
  readonly cached: CachedSource;
  readonly feed: ManualFeed;
  readonly now: () => number;
  pass(ms: number): void;
  /** Counts the version of a day up, or of a barber (day ''), or of the shop (barber 0). */
  change(shopId: number, barberId: number, day: string): void;
  /** Calls of the source for days. */
  readonly loads: () => number;
}

const { db } = openDatabase(inject('postgresUrl'));

export function createDaysWorld(
  ttl: Lifetimes = { days: 300, schedules: 3_600, rules: 86_400 },
  watchers: readonly ReadWatcher[] = [],
): DaysWorld {
  let now = Date.parse('2026-11-22T15:00:00Z');
  let loads = 0;
  const versions = new Map<string, number>();
  const versionOf = (...key: (number | string)[]) => versions.get(key.join('/')) ?? 0;
  const clock = { now: () => now };
  const feed = createManualFeed(clock);
  const cached = createCachedSource({
    source: {
      async load({ shopId, barberIds, from, to }) {
        loads += 1;
        return barberIds.flatMap((barberId) =>
          datesFrom(from, to).map((date) => ({
            value: { barberId, date, startsAt: 0, minutes: 1_440, working: [], timeOff: [], busy: [] },
            versions: {
              shop: versionOf(shopId, 0, ''),
              barber: versionOf(shopId, barberId, ''),
              day: versionOf(shopId, barberId, date),
            },
            loadedAt: now,
          })),
        );
      },
      find: () => undefined,
      rules: () => undefined,
      schedules: () => [],
    },
    store: createMemoryStore({ maxEntries: 10_000, clock }),
    feed,
    db,
    ttl,
    clock,
    monotonic: clock.now,
    random: () => 0.5,
    watchers,
  });
  return {
    cached,
    feed,
    now: clock.now,
    pass(ms) {
      now += ms;
    },
    change(shopId, barberId, day) {
      const version = versionOf(shopId, barberId, day) + 1;
      versions.set(`${shopId}/${barberId}/${day}`, version);
      feed.learn([{ shopId, barberId, day, version }]);
    },
    loads: () => loads,
  };
}
