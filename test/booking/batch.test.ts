import { describe, expect, test } from 'vitest';
import type { BatchItem, BatchOptions } from '../../src/booking/types/availability.ts';
import { addDays } from '../../src/calendar/time.ts';
import type { ShopPlan, TestShop } from '../support/shop.ts';
import { useScene } from './scene.ts';
import { codesOf, resultOf, services } from './services.ts';

describe.each(services)('many availabilities at once (%s)', (name, open) => {
  const scene = useScene(open);

  const at = (time: string, more: Partial<BatchItem> = {}, date = '2026-03-02'): BatchItem => ({
    service: 'Haircut',
    start: `${date}T${time}:00-05:00`,
    ...more,
  });
  const check = (shop: TestShop, items: readonly BatchItem[], more: Partial<BatchOptions> = {}) =>
    scene.service.checkAvailability({ shop: shop.slug, items, exact: true, ...more });
  const reasons = async (...asked: Parameters<typeof check>) => {
    const { results } = resultOf(await check(...asked));
    for (const { available, reason } of results) expect(available).toBe(reason === undefined);
    return results.map(({ reason = 'free' }) => reason);
  };

  const busyShop: ShopPlan = {
    barbers: ['Ana', 'Ben'],
    settings: { slot_minutes: 15, notice_minutes: 120, horizon_days: 30 },
    services: { Haircut: [30, 0, 15], Colour: [120] },
  };

  test('are answered in the order asked, each with its reason', async () => {
    const shop = await scene.shop(busyShop);
    const [ana = 0, ben = 0] = shop.barberIds;
    await scene.book(shop, await scene.user(), '10:00', ana);
    await scene.database.db
      .insertInto('time_off')
      .values({ shop_id: shop.id, barber_id: ana, during: '[2026-03-02 14:00, 2026-03-02 15:00)' })
      .execute();
    const asked: [item: BatchItem, reason: string][] = [
      [at('16:45', { service: 'Colour' }), 'too_long'],
      [at('10:15', { barberId: ana }), 'booked'],
      [at('10:15', { barberId: ben }), 'free'],
      [at('10:15'), 'free'],
      [at('09:30', { barberId: ana }), 'buffer'],
      [at('10:45', { barberId: ana }), 'free'],
      [at('14:30', { barberId: ana }), 'time_off'],
      [at('18:00'), 'outside_hours'],
      [at('11:05'), 'unaligned'],
      [at('11:00', {}, '2026-03-01'), 'past'],
      [at('13:00', {}, '2026-03-01'), 'notice'],
      [at('11:00', {}, '2026-04-20'), 'too_far_ahead'],
      [at('11:00', { service: 'colour' }), 'free'],
      [{ service: 'Haircut', start: '2026-03-02T17:00:00+01:00' }, 'free'],
      [at('10:15', { barberId: ana }), 'booked'],
    ];
    expect(
      await reasons(
        shop,
        asked.map(([item]) => item),
      ),
    ).toEqual(asked.map(([, reason]) => reason));
  });

  test('for any barber give the reason of the one nearest to free', async () => {
    const shop = await scene.shop(busyShop);
    const [ana = 0, ben = 0] = shop.barberIds;
    await scene.book(shop, await scene.user(), '10:00', ana);
    await scene.book(shop, await scene.user(), '11:00', ben);
    expect(await reasons(shop, [at('10:15'), at('10:30'), at('10:00')])).toEqual(['free', 'buffer', 'free']);
    await scene.book(shop, await scene.user(), '10:00', ben);
    expect(await reasons(shop, [at('09:30'), at('10:15'), at('10:00')])).toEqual([
      'buffer',
      'booked',
      'booked',
    ]);
  });

  test('take the hours and the price of each barber, and the length as that barber gives it', async () => {
    const shop = await scene.shop(busyShop);
    const [ana = 0, ben = 0] = shop.barberIds;
    const { db } = scene.database;
    await db
      .updateTable('barber_service')
      .set({ duration_minutes: 60 })
      .where('barber_id', '=', ana)
      .execute();
    await db.updateTable('weekly_hours').set({ opens: '12:00' }).where('barber_id', '=', ben).execute();
    const items = [ana, ben].flatMap((barberId) => [at('16:30', { barberId }), at('09:00', { barberId })]);
    expect(await reasons(shop, items)).toEqual(['too_long', 'free', 'free', 'outside_hours']);
    expect(await reasons(shop, [at('16:30'), at('09:00')])).toEqual(['free', 'free']);
  });

  test('are up to a hundred, or none', async () => {
    const shop = await scene.shop();
    const items = Array.from({ length: 101 }, (_, i) => at('10:00', {}, addDays('2026-03-02', i % 60)));
    expect(await reasons(shop, items.slice(0, 100))).toEqual(Array(100).fill('free'));
    expect(await reasons(shop, [])).toEqual([]);
    expect(await check(shop, items)).toMatchObject({
      kind: 'refused',
      faults: [{ code: 'validation_failed', field: 'items' }],
    });
  });

  test('tell of every fault with the place of the item', async () => {
    const shop = await scene.shop();
    const elsewhere = await scene.shop();
    const barberId = elsewhere.barberIds[0] ?? 0;
    const refused = await check(shop, [
      at('10:00'),
      at('10:00', { service: 'Perm' }),
      { service: 'Haircut', start: 'tomorrow' },
      { service: 'Perm', start: '2026-02-30T10:00:00Z', barberId },
    ]);
    const faults =
      refused.kind === 'refused' ? refused.faults.map(({ field, code }) => `${field} ${code}`) : [];
    expect(faults).toEqual([
      'items/1/service unknown_service',
      'items/2/start validation_failed',
      'items/3/service unknown_service',
      'items/3/barberId not_found',
      'items/3/start validation_failed',
    ]);
    expect(codesOf(await check({ ...shop, slug: 'nowhere' }, [at('10:00')]))).toEqual(['not_found']);
  });

  /** The outcome, and how many statements of the pool it took. */
  async function counted<T>(ask: () => Promise<T>): Promise<[value: T, statements: number]> {
    let statements = 0;
    const count = () => {
      statements += 1;
    };
    scene.database.pool.on('acquire', count);
    const value = await ask();
    scene.database.pool.off('acquire', count);
    return [value, statements];
  }

  test('take few statements, whatever the number of items and barbers; from a cache none', async () => {
    const shop = await scene.shop({ barbers: ['Ana', 'Ben', 'Cem', 'Dan', 'Eve'] });
    const items = Array.from({ length: 100 }, (_, i) =>
      at('10:00', { barberId: shop.barberIds[i % 5] }, addDays('2026-03-02', (i * 7) % 60)),
    );
    const ask = (exact: boolean) => counted(() => check(shop, items, { exact }));
    const [first, statements] = await ask(false);
    const { results, read } = resultOf(first);
    expect(results).toEqual(Array(100).fill({ available: true }));
    // The shop by its name, its rules, the days of two months.
    expect(statements).toBeLessThanOrEqual(3);
    let [again, more] = await ask(false);
    expect(resultOf(again).results).toEqual(results);
    if (name === 'plain') {
      expect(more).toBe(statements);
    } else {
      // The news of the shop itself may still be on its way, and then its name is looked up once more.
      for (let i = 0; i < 50 && more > 0; i++) [again, more] = await ask(false);
      expect([read.status, resultOf(again).read.status, more]).toEqual(['miss', 'hit', 0]);
      const [exact] = await ask(true);
      expect(resultOf(exact).read).toMatchObject({ status: 'hit', verified: true });
    }
  });
});
