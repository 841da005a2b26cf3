import { describe, expect, test } from 'vitest';
import type { Hold } from '../../../src/booking/types/bookings.ts';
import type { Outcome } from '../../../src/outcome.ts';
import { contentsOf } from '../../support/contents.ts';
import type { TestShop } from '../../support/shop.ts';
import { aRealDay, lapse, useScene } from '../scene.ts';
import { codesOf, resultOf, services } from '../services.ts';

const TOKEN_FAULT = { code: 'validation_failed', field: 'holdToken' };

describe.each(services)('booking what is held (%s)', (_name, open) => {
  const scene = useScene(open, aRealDay());

  const statuses = async ({ id }: TestShop) => {
    const { db } = scene.database;
    const rows = await db.selectFrom('booking').select('status').where('shop_id', '=', id).execute();
    return rows.map(({ status }) => status).sort();
  };

  /** By an account and by a guest. */
  const ways = [
    [
      'an account',
      async (shop: TestShop, time: string, holdToken: string, barberId?: number) =>
        scene.service.createBooking({ ...scene.wish(shop, await scene.user(), time), holdToken, barberId }),
    ],
    [
      'a guest',
      async (shop: TestShop, time: string, holdToken: string, barberId?: number) => {
        const { userId: _, ...wish } = scene.wish(shop, 0, time);
        const contact = { name: 'Ada', email: 'ada@example.com' };
        return scene.service.createGuestBooking({ ...wish, ...contact, holdToken, barberId });
      },
    ],
  ] as const;

  describe.each(ways)('by %s', (_who, book) => {
    test('takes the place of the hold, with the barber who is held', async () => {
      const shop = await scene.shop({ barbers: ['Ana', 'Ben'] });
      const [ana = 0, ben = 0] = shop.barberIds;
      const { holdToken } = resultOf(await scene.hold(shop, '10:00', { barberId: ben }));
      // By the policy Ana would come first.
      expect(resultOf(await book(shop, '10:00', holdToken))).toMatchObject({ barberId: ben, time: '10:00' });
      expect(await statuses(shop)).toEqual(['confirmed']);
      expect(codesOf(await scene.service.releaseHold({ holdToken }))).toEqual(['not_found']);
      expect(ana).toBeLessThan(ben);
    });

    test('with another barber or at another time lets go of what was held', async () => {
      const shop = await scene.shop({ barbers: ['Ana', 'Ben'] });
      const [ana = 0, ben = 0] = shop.barberIds;
      const first = resultOf(await scene.hold(shop, '10:00', { barberId: ana }));
      expect(resultOf(await book(shop, '10:00', first.holdToken, ben))).toMatchObject({ barberId: ben });
      const second = resultOf(await scene.hold(shop, '11:00', { barberId: ana }));
      expect(resultOf(await book(shop, '12:00', second.holdToken, ana))).toMatchObject({ time: '12:00' });
      expect(await statuses(shop)).toEqual(['confirmed', 'confirmed']);
      expect(await scene.slots(shop, { exact: true })).toMatchObject({ '10:00': 'free', '11:00': 'free' });
    });

    test('overlapping the hold is possible to its holder only', async () => {
      const shop = await scene.shop({ settings: { slot_minutes: 15 } });
      const { holdToken } = resultOf(await scene.hold(shop, '10:00'));
      expect(
        codesOf(await scene.service.createBooking(scene.wish(shop, await scene.user(), '10:15'))),
      ).toEqual(['slot_taken']);
      expect(resultOf(await book(shop, '10:15', holdToken)).time).toBe('10:15');
    });
  });

  /** A token that is good for nothing at the shop. */
  const bad: [what: string, token: (shop: TestShop) => Promise<string>][] = [
    ['never was', async () => 'no-such-token'],
    [
      'was tampered with',
      async () => {
        const { holdToken } = resultOf(await scene.hold(await scene.shop(), '10:00'));
        return `${holdToken.slice(0, -2)}${holdToken.endsWith('AA') ? 'BB' : 'AA'}`;
      },
    ],
    ['is of another shop', async () => resultOf(await scene.hold(await scene.shop(), '10:00')).holdToken],
    ['has run out', async (shop) => (await lapsed(shop)).holdToken],
    [
      'was released',
      async (shop) => {
        const { holdToken } = resultOf(await scene.hold(shop, '10:00'));
        resultOf(await scene.service.releaseHold({ holdToken }));
        return holdToken;
      },
    ],
  ];

  async function lapsed(shop: TestShop): Promise<Hold> {
    const hold = resultOf(await scene.hold(shop, '10:00'));
    await lapse(scene.database, hold);
    return hold;
  }

  test.each(bad)('with a token that %s is refused, and nothing changes', async (_what, tokenFor) => {
    const shop = await scene.shop();
    const holdToken = await tokenFor(shop);
    const wish = { ...scene.wish(shop, await scene.user(), '10:00'), holdToken };
    const before = await contentsOf(scene.database.db);
    expect(await scene.service.createBooking(wish)).toMatchObject({ kind: 'refused', faults: [TOKEN_FAULT] });
    expect(await contentsOf(scene.database.db)).toEqual(before);
    await scene.book(shop, wish.userId, '10:00');
  });

  test.each(bad)('with a token that %s is told first that the slot is taken', async (_what, tokenFor) => {
    const shop = await scene.shop();
    const holdToken = await tokenFor(shop);
    await scene.book(shop, await scene.user(), '10:00');
    const wish = { ...scene.wish(shop, await scene.user(), '10:00'), holdToken };
    expect(codesOf(await scene.service.createBooking(wish))).toEqual(['slot_taken']);
  });

  test('a bad token is told together with whatever else is wrong', async () => {
    const shop = await scene.shop();
    const wish = { ...scene.wish(shop, await scene.user(), '10:00'), service: 'Perm', holdToken: 'gone' };
    const refused = await scene.service.createBooking(wish);
    expect(refused).toMatchObject({ faults: [{ code: 'unknown_service' }, TOKEN_FAULT] });
    const late = await scene.service.createBooking({ ...wish, service: 'Haircut', bookingTime: '18:00' });
    expect(late).toMatchObject({ faults: [{ code: 'outside_hours' }, TOKEN_FAULT] });
  });

  test('a refused booking leaves the hold as it was', async () => {
    const shop = await scene.shop();
    const { holdToken } = resultOf(await scene.hold(shop, '10:00'));
    const wish = { ...scene.wish(shop, await scene.user(), '10:00'), holdToken };
    const refused: Outcome<unknown>[] = [
      await scene.service.createBooking({ ...wish, bookingTime: '18:00' }),
      await scene.service.createBooking({ ...wish, notes: 'x'.repeat(2001) }),
    ];
    expect(refused.flatMap(codesOf)).toEqual(['outside_hours', 'validation_failed']);
    expect((await scene.slots(shop, { exact: true }))['10:00']).toBe('booked');
    resultOf(await scene.service.createBooking(wish));
  });

  test('of two bookings at once with one token one takes the slot', async () => {
    const shop = await scene.shop();
    const { holdToken } = resultOf(await scene.hold(shop, '10:00'));
    const wish = { ...scene.wish(shop, await scene.user(), '10:00'), holdToken };
    const outcomes = await Promise.all([1, 2].map(() => scene.service.createBooking(wish)));
    expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    expect(outcomes.flatMap(codesOf)).toEqual(['slot_taken']);
    expect(await statuses(shop)).toEqual(['confirmed']);
  });
});
