import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { instantOf } from '../calendar.ts';
import { command, picked } from '../commands.ts';
import { judge } from '../decisions.ts';
import type { Client, Shop } from '../shop.ts';
import { addBooking, expectAnswer, type Made, takenBy } from './record.ts';
import { asking, targetOf } from './wishes.ts';

const NEW = { status: 'confirmed', notes: null, version: 1 } as const;

/** By a client or a guest, now and then with the token of a hold, for what is held or for anything else. */
const book = command({
  name: 'book',
  parameters: fc.record({
    asking,
    as: fc.constantFrom('ada', 'ben', 'guest'),
    hold: fc.option(fc.nat(5), { freq: 2 }),
    isHeld: fc.boolean(),
  }),
  async run(shop, servers, { asking, as, hold: pick, isHeld }, process) {
    const given = pick === null || shop.holds.length === 0 ? undefined : picked(shop.holds, pick);
    const target = isHeld && given !== undefined ? heldTarget(shop, given) : targetOf(shop, asking);
    const client: Client | undefined = as === 'guest' ? undefined : as;
    const hold = given?.lapsed === true ? null : given;
    const { service, barberId, at } = target;
    const verdict = judge(shop, { service, barberId, at, hold, client });
    const body = { ...target.body, ...(given && { hold_token: given.token }) };
    const answer =
      client === undefined
        ? await servers.send(process, 'POST', '/bookings/guest', {
            body: { ...body, name: 'Gil', email: 'gil@example.com' },
          })
        : await servers.send(process, 'POST', '/bookings/create', { as: client, body });
    expectAnswer(answer, verdict.refusal ?? '201');
    const [first] = verdict.free;
    if (first === undefined) return;
    const { id, manage_token: manageToken }: Made = JSON.parse(answer.text);
    shop.holds = shop.holds.filter((other) => other !== hold);
    const owner = { ...(client && { client }), ...(manageToken !== undefined && { manageToken }) };
    addBooking(shop, { ...takenBy(shop, first, at), ...NEW, ...owner, id, service });
  },
});

function heldTarget(shop: Shop, { service, start }: { service: string; start: number }) {
  const body = { shop: shop.slug, service, start: instantOf(shop.calendar, start) };
  return { service, barberId: undefined, at: start, body };
}

/** Two clients at the same moment, each on another process: nobody gets what the other got. */
const race = command({
  name: 'race',
  parameters: fc.record({ asking }),
  async run(shop, servers, { asking }) {
    const target = targetOf(shop, asking);
    const { service, barberId, at, body } = target;
    const verdict = judge(shop, { service, barberId, at });
    const clients = ['ada', 'ben'] as const;
    const answers = await Promise.all(
      clients.map((as, process) => servers.send(process, 'POST', '/bookings/create', { as, body })),
    );
    const free = verdict.free;
    const expected = clients.map((_, i) => verdict.refusal ?? (i < free.length ? '201' : '409 slot_taken'));
    expect(answers.map(({ summary }) => summary).sort()).toEqual(expected);
    const made = answers.flatMap(({ summary, text }, i) => {
      if (summary !== '201') return [];
      const booking: Made = JSON.parse(text);
      return { ...booking, client: clients[i] ?? 'ada' };
    });
    expect(new Set(made.map(({ barber_id }) => barber_id)).size, 'barbers').toBe(made.length);
    const { rows } = await sql<{ id: number }>`
      select id from booking where id = any (${made.map(({ id }) => id)}) order by created_at`.execute(
      servers.database.db,
    );
    for (const { id } of rows) {
      const { barber_id, client } = made.find((booking) => booking.id === id) ?? {
        barber_id: 0,
        client: 'ada',
      };
      const candidate = free.find(({ barber }) => barber.id === barber_id);
      if (candidate === undefined) throw new Error(`Barber ${barber_id} was not free`);
      addBooking(shop, { ...takenBy(shop, candidate, at), ...NEW, client, id, service });
    }
    return { by: undefined };
  },
});

/** By staff, for whoever walked in, for somebody with a name or for a client of the shop. */
const bookForClient = command({
  name: 'book for client',
  parameters: fc.record({ asking, whom: fc.constantFrom('walk-in', 'Zoe', 'ada') }),
  async run(shop, servers, { asking, whom }, process) {
    const target = targetOf(shop, asking);
    const { service, barberId, at } = target;
    const client: Client | undefined = whom === 'ada' ? whom : undefined;
    const verdict = judge(shop, { service, barberId, at, isStaff: true, client });
    const isKnown = shop.bookings.some((booking) => booking.client === client);
    const person = client ? { client_id: servers.userIds[client] } : whom === 'Zoe' ? { name: whom } : {};
    const body = { ...target.body, ...person };
    const answer = await servers.send(process, 'POST', '/staff/bookings', { as: 'admin', body });
    const isStranger = client !== undefined && !isKnown;
    expectAnswer(answer, verdict.refusal ?? (isStranger ? '404 not_found' : '201'));
    const [first] = verdict.free;
    if (first === undefined || isStranger) return;
    const { id }: Made = JSON.parse(answer.text);
    addBooking(shop, { ...takenBy(shop, first, at), ...NEW, ...(client && { client }), id, service });
  },
});

export const bookingSteps = [book, race, bookForClient];
