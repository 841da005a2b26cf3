import { describe, expect, test } from 'vitest';
import type { ClientsOptions, Contact } from '../../../src/booking/types/bookings.ts';
import type { TestShop } from '../../support/shop.ts';
import { createStaff, type StaffAccount, useScene } from '../scene.ts';
import { codesOf, resultOf, services } from '../services.ts';

describe.each(services)('the search for clients (%s)', (_name, open) => {
  const scene = useScene(open);

  async function opened(barbers = ['Ana']) {
    const shop = await scene.shop({ barbers });
    return { shop, as: await createStaff(scene.database, 'admin', shop) };
  }
  type Opened = { shop: TestShop; as: StaffAccount };
  const visit = async (
    { shop, as }: Opened,
    bookingTime: string,
    contact: Partial<Contact>,
    barberId?: number,
  ) => {
    const { userId: _, ...wish } = scene.wish(shop, 0, bookingTime);
    return resultOf(await scene.service.createStaffBooking({ ...wish, as, ...contact, barberId }));
  };
  const find = async ({ shop }: Opened, query: string, more: Partial<ClientsOptions> = {}) =>
    resultOf(await scene.service.findClients({ shop: shop.slug, query, ...more }));
  const namesOf = async (...asked: Parameters<typeof find>) =>
    (await find(...asked)).items.map(({ name }) => name);

  test('finds part of a name, an address or a number, in any case', async () => {
    const opening = await opened();
    await visit(opening, '09:00', { name: 'Ada Lovelace', email: 'countess@example.com' });
    await visit(opening, '10:00', { name: 'Grace Hopper', phone: '+1 555 0100' });
    await visit(opening, '11:00', {});
    expect(await namesOf(opening, 'LOVE')).toEqual(['Ada Lovelace']);
    expect(await namesOf(opening, ' Countess@EX ')).toEqual(['Ada Lovelace']);
    expect(await namesOf(opening, '555 01')).toEqual(['Grace Hopper']);
    expect(await namesOf(opening, 'a')).toEqual(['Grace Hopper', 'Ada Lovelace']);
    expect(await namesOf(opening, 'Turing')).toEqual([]);
  });

  test('takes what patterns are made of as it is', async () => {
    const opening = await opened();
    await visit(opening, '09:00', { name: '100% Ada' });
    await visit(opening, '10:00', { name: 'under_score' });
    await visit(opening, '11:00', { name: 'back\\slash' });
    await visit(opening, '12:00', { name: `quote' or ''=''--` });
    expect(await namesOf(opening, '%')).toEqual(['100% Ada']);
    expect(await namesOf(opening, '_')).toEqual(['under_score']);
    expect(await namesOf(opening, '\\')).toEqual(['back\\slash']);
    expect(await namesOf(opening, `' or ''='`)).toEqual([`quote' or ''=''--`]);
    expect(await namesOf(opening, 'under%score')).toEqual([]);
  });

  test('joins what belongs to one guest, with the newest name and whatever is known of a number', async () => {
    const opening = await opened();
    const first = await visit(opening, '09:00', { name: 'Ada', email: 'ada@example.com', phone: '555 0100' });
    const second = await visit(opening, '10:00', { name: 'Ada King', email: 'ADA@example.com' });
    await visit(opening, '11:00', { name: 'Ada' });
    const { items } = await find(opening, 'ada@');
    expect(items).toMatchObject([
      { userId: null, name: 'Ada King', email: 'ADA@example.com', phone: '555 0100', bookingCount: 2 },
    ]);
    expect(items[0]?.bookings.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await find(opening, 'ada')).items).toHaveLength(2);
  });

  test('shows accounts under their present name, with all of their bookings here', async () => {
    const opening = await opened();
    const elsewhere = await opened();
    const userId = await scene.user();
    const account = { name: 'Élodie Zélande', email: `elodie-${userId}@example.com` };
    await scene.database.db.updateTable('user').set(account).where('id', '=', userId).execute();
    const { id } = await scene.book(opening.shop, userId, '09:00');
    await scene.service.cancelBooking({ bookingId: id, userId });
    await scene.book(opening.shop, userId, '10:00');
    await scene.book(elsewhere.shop, userId, '10:00');
    resultOf(await scene.hold(opening.shop, '11:00', { visitor: `user:${userId}` }));
    expect((await find(opening, 'ÉLODIE')).items).toMatchObject([
      {
        userId,
        ...account,
        phone: null,
        bookingCount: 2,
        bookings: [{ time: '10:00' }, { status: 'cancelled' }],
      },
    ]);
  });

  test('knows nobody of another shop, nor with another barber where one is named', async () => {
    const opening = await opened(['Ana', 'Ben']);
    const elsewhere = await opened();
    const [ana, ben] = opening.shop.barberIds;
    await visit(opening, '09:00', { name: 'Ada', email: 'ada@example.com' }, ana);
    await visit(opening, '10:00', { name: 'Ada', email: 'ada@example.com' }, ben);
    await visit(opening, '11:00', { name: 'Alan' }, ben);
    expect(await namesOf(elsewhere, 'a')).toEqual([]);
    const { items } = await find(opening, 'a', { barberId: ana });
    expect(items).toMatchObject([{ name: 'Ada', bookingCount: 1, bookings: [{ time: '09:00' }] }]);
    expect(codesOf(await scene.service.findClients({ shop: 'nowhere', query: 'a' }))).toEqual(['not_found']);
  });

  test('comes page by page, those who booked last first', async () => {
    const opening = await opened();
    for (const [i, name] of ['Ann', 'Bob', 'Cem', 'Dan', 'Eve'].entries())
      await visit(opening, `${10 + i}:00`, { name, email: `${name}@example.com` });
    const first = await find(opening, 'example', { limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['Eve', 'Dan']);
    const second = await find(opening, 'example', { limit: 2, cursor: first.nextCursor ?? 0 });
    expect(second.items.map(({ name }) => name)).toEqual(['Cem', 'Bob']);
    const last = await find(opening, 'example', { limit: 2, cursor: second.nextCursor ?? 0 });
    expect(last).toMatchObject({ items: [{ name: 'Ann' }], nextCursor: null });
  });

  test('lists the latest twenty bookings of a client, and counts all', async () => {
    const opening = await opened();
    const [ana] = opening.shop.barberIds;
    const made: number[] = [];
    for (let i = 0; i < 22; i++) {
      const bookingDate = i < 11 ? '2026-03-02' : '2026-03-03';
      const time = `${String(9 + Math.floor((i % 11) / 2)).padStart(2, '0')}:${(i % 11) % 2 ? '30' : '00'}`;
      const { userId: _, ...wish } = scene.wish(opening.shop, 0, time);
      const asked = { ...wish, bookingDate, as: opening.as, name: 'Ada', phone: '555', barberId: ana };
      made.push(resultOf(await scene.service.createStaffBooking(asked)).id);
    }
    const [client] = (await find(opening, 'ada')).items;
    expect(client?.bookingCount).toBe(22);
    expect(client?.bookings.map(({ id }) => id)).toEqual(made.reverse().slice(0, 20));
  });
});
