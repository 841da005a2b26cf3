import { createCachedSource } from '../../dist/availability/cached-source.js';
import { createMemoryStore } from '../../dist/availability/store/memory-store.js';
import { createKnownVersions } from '../../dist/availability/versions.js';
import { datesFrom } from '../../dist/calendar/time.js';
import { BARBERS, HORIZON_DAYS, TIMEZONE } from './months.js';

export const SHOP = 1;
export const barberIds = Array.from({ length: BARBERS }, (_, i) => i + 1);
export const rules = {
  id: SHOP,
  timezone: TIMEZONE,
  horizonDays: HORIZON_DAYS,
  barbers: barberIds.map((id) => ({ id, active: true, name: String(id), offers: [] })),
};

/** The real cache over a shop that has nothing but versions, in virtual time; it counts what it is asked to load. */
export function openShop({ clock, random, lifetime, watchers }) {
  const versions = new Map();
  const loads = { calls: 0, values: 0 };
  const feed = createFeed(clock);
  const source = {
    find: () => SHOP,
    rules: () => ({ value: rules, versions: { shop: 0, barber: 0, day: 0 }, loadedAt: clock.now() }),
    schedules: () => [],
    load({ barberIds: asked, from, to }) {
      const dates = datesFrom(from, to);
      loads.calls += 1;
      loads.values += asked.length * dates.length;
      return asked.flatMap((barberId) =>
        dates.map((date) => ({
          value: { barberId, date, open: [], busy: [] },
          versions: { shop: 0, barber: 0, day: versions.get(`${barberId} ${date}`) ?? 0 },
          loadedAt: clock.now(),
        })),
      );
    },
  };
  const cached = createCachedSource({
    source,
    store: createMemoryStore({ maxEntries: 50_000, clock }),
    feed,
    // Only strong reads and invalidations ask it, and there are none.
    db: undefined,
    ttl: { days: lifetime, schedules: 3_600, rules: 86_400 },
    clock,
    monotonic: clock.now,
    random: random.share,
    watchers,
  });
  return {
    source: cached,
    loads,
    book(barberId, day) {
      const version = (versions.get(`${barberId} ${day}`) ?? 0) + 1;
      versions.set(`${barberId} ${day}`, version);
      feed.learn([{ shopId: SHOP, barberId, day, version }]);
    },
  };
}

function createFeed(clock) {
  const known = createKnownVersions();
  known.trustFrom(0);
  return {
    known,
    isFollowing: () => true,
    followedNow: clock.now,
    asOf: clock.now,
    history: () => 'one',
    now: clock.now,
    learn: (changes) => known.learn(changes, clock.now()),
    onChange: () => () => {},
    onCaughtUp: () => () => {},
    onReset: () => () => {},
  };
}
