import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createKnownVersions,
  elapsed,
  FOLLOWING_LIMIT,
  type Following,
  failed,
  isBelow,
  isFollowing,
  judge,
  KNOWN_MARGIN,
  LONGEST_LIFETIME,
  polled,
  STARTING,
  type VersionChange,
} from '../../src/availability/versions.ts';

const DAY = '2026-11-23';
const HOUR = 3_600_000;

function change(version: number, barberId = 1, day = DAY, shopId = 7): VersionChange {
  return { shopId, barberId, day, version };
}

describe('known versions', () => {
  test('nothing is known of what never changed', () => {
    expect(createKnownVersions().of(7, 1, DAY)).toEqual({ shop: 0, barber: 0, day: 0, since: -Infinity });
  });

  test("a barber-day depends on its own version, its barber's and its shop's", () => {
    const known = createKnownVersions();
    known.learn([change(3), change(2, 1, ''), change(5, 0, '')], 0);
    expect(known.of(7, 1, DAY)).toMatchObject({ shop: 5, barber: 2, day: 3 });
    expect(known.of(7, 1, '2026-11-24')).toMatchObject({ shop: 5, barber: 2, day: 0 });
    expect(known.of(7, 2, DAY)).toMatchObject({ shop: 5, barber: 0, day: 0 });
    expect(known.of(7, 1, '')).toMatchObject({ shop: 5, barber: 2, day: 0 });
    expect(known.of(7, 0, '')).toMatchObject({ shop: 5, barber: 0, day: 0 });
    expect(known.of(8, 1, DAY)).toMatchObject({ shop: 0, barber: 0, day: 0 });
  });

  test('a lower version never replaces a higher one', () => {
    const known = createKnownVersions();
    known.learn([change(3)], 0);
    expect(known.learn([change(2), change(3)], 1)).toEqual([]);
    expect(known.of(7, 1, DAY).day).toBe(3);
  });

  test('what is learned and new is answered with, and nothing else', () => {
    const known = createKnownVersions();
    known.learn([change(3)], 0);
    expect(known.learn([change(3), change(1, 2), change(4)], 1)).toEqual([change(1, 2), change(4)]);
  });

  test('the epoch of a shop changes with every version learned about it, and with no other', () => {
    const known = createKnownVersions();
    const epochs = new Set([known.epoch(7)]);
    const other = known.epoch(8);
    for (const version of [1, 2, 3]) {
      known.learn([change(version)], 0);
      epochs.add(known.epoch(7));
    }
    expect(epochs.size).toBe(4);
    expect(known.epoch(8)).toBe(other);
    known.learn([change(3), change(1)], 0);
    expect(epochs).toContain(known.epoch(7));
  });

  test('a version is forgotten when no value from before it can be in use any more, not earlier', () => {
    const known = createKnownVersions(HOUR);
    known.learn([change(3)], 0);
    known.learn([change(1, 2)], HOUR + KNOWN_MARGIN - 1);
    expect(known.of(7, 1, DAY).day).toBe(3);
    known.learn([], HOUR + KNOWN_MARGIN);
    expect(known.of(7, 1, DAY).day).toBe(0);
    expect(known.of(7, 2, DAY).day).toBe(1);
    expect(known.size).toBe(1);
  });

  test('a version that was counted up is kept from then on, however old its key is', () => {
    const known = createKnownVersions(HOUR);
    known.learn([change(1)], 0);
    known.learn([change(1, 2)], 1);
    known.learn([change(2)], HOUR);
    known.learn([], HOUR + KNOWN_MARGIN + 1);
    expect(known.of(7, 1, DAY).day).toBe(2);
    expect(known.of(7, 2, DAY).day).toBe(0);
  });

  test('after a reset nothing is acceptable that was loaded before the first look at the new database', () => {
    const known = createKnownVersions();
    known.learn([change(3)], 0);
    const before = known.epoch(7);
    const loaded = { versions: { shop: 0, barber: 0, day: 3 }, loadedAt: 1_000 };
    known.reset();
    expect(known.epoch(7)).not.toBe(before);
    expect(known.size).toBe(0);
    expect(judge(loaded, known.of(7, 1, DAY), 1_000, HOUR)).toBe('tooOld');
    known.trustFrom(1_001);
    expect(judge(loaded, known.of(7, 1, DAY), 1_002, HOUR)).toBe('tooOld');
    expect(judge({ ...loaded, loadedAt: 1_001 }, known.of(7, 1, DAY), 1_002, HOUR)).toBe('acceptable');
    known.trustFrom(5_000);
    expect(known.since).toBe(1_001);
  });

  test('is at every moment the highest version learned of every key, whatever the order', () => {
    const changes = fc.array(
      fc.record({
        shopId: fc.integer({ min: 1, max: 2 }),
        barberId: fc.integer({ min: 0, max: 2 }),
        day: fc.constantFrom('', DAY, '2026-11-24'),
        version: fc.integer({ min: 1, max: 5 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(changes), (batches) => {
        const known = createKnownVersions();
        const model = new Map<string, number>();
        for (const batch of batches) {
          const epochs = [1, 2].map((shopId) => known.epoch(shopId));
          const news = known.learn(batch, 0);
          for (const { shopId, barberId, day, version } of batch) {
            const key = `${shopId}/${barberId}/${day}`;
            model.set(key, Math.max(version, model.get(key) ?? 0));
          }
          const at = (key: string) => model.get(key) ?? 0;
          for (const shopId of [1, 2]) {
            const changed = news.some((change) => change.shopId === shopId);
            expect(known.epoch(shopId) !== epochs[shopId - 1]).toBe(changed);
            for (const barberId of [1, 2]) {
              expect(known.of(shopId, barberId, DAY)).toMatchObject({
                shop: at(`${shopId}/0/`),
                barber: at(`${shopId}/${barberId}/`),
                day: at(`${shopId}/${barberId}/${DAY}`),
              });
            }
          }
        }
      }),
    );
  });
});

describe('what is acceptable', () => {
  const known = { shop: 5, barber: 2, day: 3, since: -Infinity };
  const versions = { shop: 5, barber: 2, day: 3 };
  const ttl = 300_000;

  test.each([
    ['just what is known', versions, 0, 'acceptable'],
    ['newer than what is known', { shop: 6, barber: 2, day: 9 }, 0, 'acceptable'],
    ['an older shop', { ...versions, shop: 4 }, 0, 'tooOld'],
    ['an older barber', { ...versions, barber: 1 }, 0, 'tooOld'],
    ['an older day', { ...versions, day: 2 }, 0, 'tooOld'],
    ['an older day of a newer shop', { shop: 9, barber: 9, day: 2 }, 0, 'tooOld'],
    ['the last moment of its lifetime', versions, ttl - 1, 'acceptable'],
    ['the end of its lifetime', versions, ttl, 'expired'],
    ['old in both ways', { ...versions, day: 2 }, ttl, 'tooOld'],
    ['a moment in the future, by a clock that is ahead', versions, -1_000, 'acceptable'],
    ['an hour in the future: the clock was set back', versions, -HOUR, 'expired'],
  ] as const)('%s', (_, versions, age, verdict) => {
    const loaded = { versions, loadedAt: 1_000_000 };
    expect(judge(loaded, known, 1_000_000 + age, ttl)).toBe(verdict);
  });

  test('nothing is used for longer than a day, whatever is configured', () => {
    const loaded = { versions, loadedAt: 0 };
    expect(judge(loaded, known, LONGEST_LIFETIME - 1, 10 * LONGEST_LIFETIME)).toBe('acceptable');
    expect(judge(loaded, known, LONGEST_LIFETIME, 10 * LONGEST_LIFETIME)).toBe('expired');
  });

  test('what is acceptable stays so until something is learned about its shop', () => {
    const version = fc.integer({ min: 0, max: 3 });
    const learned = fc.record({
      shopId: fc.integer({ min: 1, max: 2 }),
      barberId: fc.integer({ min: 0, max: 2 }),
      day: fc.constantFrom('', DAY),
      version,
    });
    fc.assert(
      fc.property(
        fc.record({ shop: version, barber: version, day: version }),
        fc.array(learned),
        (versions, changes) => {
          const known = createKnownVersions();
          let accepted: { epoch: number; was: boolean } | undefined;
          for (const change of changes) {
            known.learn([change], 0);
            const was = !isBelow(versions, known.of(1, 1, DAY));
            if (accepted?.epoch === known.epoch(1)) expect(was).toBe(accepted.was);
            accepted = { epoch: known.epoch(1), was };
          }
        },
      ),
    );
  });
});

describe('following', () => {
  const following = (began: number): Following => ({ kind: 'following', began });
  const lost = (began: number): Following => ({ kind: 'lost', began });
  const LATE = FOLLOWING_LIMIT;

  // States × events; the monotonic clock shows 10,000.
  const now = 10_000;
  test.each([
    [STARTING, 'time passes', (s: Following) => elapsed(s, now), STARTING],
    [STARTING, 'a poll succeeds', (s: Following) => polled(s, now - 5, now), following(now - 5)],
    [STARTING, 'a poll succeeds late', (s: Following) => polled(s, now - LATE, now), lost(now - LATE)],
    [following(now - 999), 'time passes', (s: Following) => elapsed(s, now), following(now - 999)],
    [following(now - LATE), 'time passes', (s: Following) => elapsed(s, now), lost(now - LATE)],
    [STARTING, 'a poll fails', failed, STARTING],
    [following(now - 300), 'a poll fails', failed, lost(now - 300)],
    [lost(now - 300), 'a poll fails', failed, lost(now - 300)],
    [following(now - 300), 'a poll succeeds', (s: Following) => polled(s, now - 5, now), following(now - 5)],
    [
      following(now - 5),
      'an earlier poll succeeds',
      (s: Following) => polled(s, now - 300, now),
      following(now - 5),
    ],
    [
      following(now - LATE),
      'a poll succeeds late',
      (s: Following) => polled(s, now - LATE, now),
      lost(now - LATE),
    ],
    [lost(now - 5_000), 'time passes', (s: Following) => elapsed(s, now), lost(now - 5_000)],
    [lost(now - 5_000), 'a poll succeeds', (s: Following) => polled(s, now - 5, now), following(now - 5)],
    [
      lost(now - 5_000),
      'a poll succeeds late',
      (s: Following) => polled(s, now - LATE, now),
      lost(now - LATE),
    ],
  ])('%o, and %s', (state, _, event, expected) => {
    expect(event(state)).toEqual(expected);
  });

  test('is so if and only if the last successful poll began less than a second ago', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('poll' as const), took: fc.integer({ min: 0, max: 1_500 }) }),
      fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 1_500 }) }),
      fc.record({ kind: fc.constant('reset' as const) }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let state: Following = STARTING;
        let now = 0;
        let began = -Infinity;
        for (const event of events) {
          if (event.kind === 'reset') {
            state = STARTING;
            began = -Infinity;
          } else if (event.kind === 'poll') {
            began = Math.max(began, now);
            now += event.took;
            state = polled(state, now - event.took, now);
          } else {
            now += event.ms;
            // Whoever asks may come before or after somebody has noticed that time has passed.
            expect(isFollowing(state, now)).toBe(now - began < FOLLOWING_LIMIT);
            state = elapsed(state, now);
          }
          expect(isFollowing(state, now)).toBe(now - began < FOLLOWING_LIMIT);
          expect(state.kind === 'following').toBe(isFollowing(state, now));
        }
      }),
    );
  });
});
