import { describe, expect, test } from 'vitest';
import { deleteAccount } from '../../../src/auth/deletion.ts';
import type { CalendarOptions } from '../../../src/booking/types/bookings.ts';
import { everyDay } from '../../support/shop.ts';
import { createStaff, useScene } from '../scene.ts';
import { codesOf, resultOf, services } from '../services.ts';

describe.each(services)('the calendar (%s)', (_name, open) => {
  const scene = useScene(open);
  const { day } = scene;

  const read = async (options: Partial<CalendarOptions>) =>
    resultOf(await scene.service.getCalendar({ from: day, to: day, ...options }));

  test('has the bookings of all barbers with their clients, the earliest first, and no holds', async () => {
    const shop = await scene.shop({ barbers: ['Ana', 'Ben'] });
    const [ana = 0, ben = 0] = shop.barberIds;
    const userId = await scene.user();
    const late = await scene.book(shop, userId, '15:00', ana);
    const early = await scene.book(shop, userId, '09:00', ben);
    await scene.service.cancelBooking({ bookingId: early.id, userId });
    resultOf(await scene.hold(shop, '12:00'));
    const { items, nextCursor } = await read({ shop: shop.slug });
    expect(items).toMatchObject([
      { id: early.id, status: 'cancelled', barberName: 'Ben', client: { userId } },
      { id: late.id, status: 'confirmed', barberName: 'Ana', client: { userId } },
    ]);
    expect(nextCursor).toBeNull();
    expect((await read({ shop: shop.slug, barberId: ben })).items.map(({ id }) => id)).toEqual([early.id]);
  });

  test('goes by the dates of the shop, both included', async () => {
    const shop = await scene.shop({ timezone: 'Asia/Tokyo', hours: everyDay('00:00', '24:00') });
    const userId = await scene.user();
    for (const bookingDate of ['2026-03-04', '2026-03-05', '2026-03-06'])
      for (const time of ['00:00', '23:30'])
        resultOf(await scene.service.createBooking({ ...scene.wish(shop, userId, time), bookingDate }));
    const { items } = await read({ shop: shop.slug, from: '2026-03-05', to: '2026-03-05' });
    expect(items.map(({ start }) => start)).toEqual([
      '2026-03-05T00:00:00+09:00',
      '2026-03-05T23:30:00+09:00',
    ]);
    expect((await read({ shop: shop.slug, from: '2026-03-05', to: '2026-03-06' })).items).toHaveLength(4);
  });

  test('comes page by page, also where several begin at once', async () => {
    const shop = await scene.shop({ barbers: ['Ana', 'Ben', 'Cem'] });
    const userId = await scene.user();
    for (const time of ['11:00', '10:00'])
      for (const barberId of shop.barberIds) await scene.book(shop, userId, time, barberId);
    const all = (await read({ shop: shop.slug })).items.map(({ id }) => id);
    expect(all).toHaveLength(6);
    expect((await read({ shop: shop.slug, cursor: 0 })).items.map(({ id }) => id)).toEqual(all);
    const seen: number[] = [];
    for (let cursor: number | null | undefined; cursor !== null; ) {
      const page = await read({ shop: shop.slug, limit: 2, cursor });
      expect(page.items).toHaveLength(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
  });

  test('knows nothing of the client of whom walked in, or of whose account is gone', async () => {
    const shop = await scene.shop();
    const userId = await scene.user();
    await scene.book(shop, userId, '10:00');
    const as = await createStaff(scene.database, 'admin', shop);
    const { userId: _, ...wish } = scene.wish(shop, 0, '11:00');
    resultOf(await scene.service.createStaffBooking({ ...wish, as }));
    await scene.database.db.transaction().execute((trx) => deleteAccount(trx, userId));
    const { items } = await read({ shop: shop.slug });
    expect(items.map(({ time, client }) => [time, client])).toEqual([
      ['10:00', null],
      ['11:00', null],
    ]);
  });

  test('is refused with every fault at once', async () => {
    const { slug: shop } = await scene.shop();
    const other = await scene.shop();
    const codes = async (options: Partial<CalendarOptions>) => {
      const outcome = await scene.service.getCalendar({ shop, from: day, to: day, ...options });
      return outcome.kind === 'refused' ? outcome.faults.map(({ field, code }) => `${field} ${code}`) : [];
    };
    expect(await codes({ from: '2026-02-30', to: 'soon', barberId: other.barberIds[0] ?? 0 })).toEqual([
      'from validation_failed',
      'to validation_failed',
      'barberId not_found',
    ]);
    expect(await codes({ to: '2026-03-01' })).toEqual(['to validation_failed']);
    expect(await codes({ from: '2026-03-01', to: '2026-05-02' })).toEqual(['to validation_failed']);
    expect(await codes({ from: '2026-03-01', to: '2026-05-01' })).toEqual([]);
    expect(codesOf(await scene.service.getCalendar({ shop: 'nowhere', from: day, to: day }))).toEqual([
      'not_found',
    ]);
  });
});
