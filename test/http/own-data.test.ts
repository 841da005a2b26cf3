import { once } from 'node:events';
import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteAccount } from '../../src/auth/deletion.ts';
import type { Database } from '../../src/database/schema.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { untilWaiting } from '../support/waiting.ts';
import { PASSWORD, startTestServer, type TestServer } from './server.ts';
import { appoint } from './staff.ts';

let server: TestServer;
let shop: TestShop;
let admin: string;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, { barbers: ['Ana', 'Ben'] });
  await appoint(server, { role: 'admin' });
  admin = await appoint(server, { shop: shop.id, role: 'admin' });
});
afterAll(async () => {
  // better-auth answers before the last of its queries about keys is through.
  const { pool } = server.database;
  while (pool.idleCount < pool.totalCount) await once(pool, 'release');
  await server.close();
});

interface Person {
  readonly token: string;
  readonly id: number;
  /** In every text that is about the person. */
  readonly mark: string;
  readonly email: string;
}

let people = 0;

async function signUp(): Promise<Person> {
  const mark = `quagga${++people}`;
  const email = `${mark}@example.com`;
  const signedUp = await server.send('POST', '/api/auth/sign-up/email', {
    body: { name: `Zeb ${mark}`, email, password: PASSWORD },
    headers: { 'user-agent': `Browser of ${mark}` },
  });
  const { token, user } = signedUp.json();
  return { token, id: Number(user.id), mark, email };
}

async function book(token: string, date: string, notes?: string, headers = {}) {
  const body = { date, time: '10:00', service: 'Haircut', barber_id: shop.barberIds[0], notes };
  const answer = await server.send('POST', '/api/v2/bookings/create', { token, body, headers });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

/** Leaves a trace wherever something about an account is kept; answers with the bookings. */
async function liveALittle({ token, id, mark, email }: Person, date: string): Promise<number[]> {
  const { pool } = server.database;
  const booking = await book(token, date, `Before ${mark}`, { 'idempotency-key': mark });
  const url = `/api/v2/bookings/${booking.id}`;
  await server.send('PATCH', url, { token, body: { notes: `After ${mark}` } });
  const byStaff = await server.send('POST', '/api/v2/staff/bookings', {
    token: admin,
    headers: { 'idempotency-key': `for ${mark}` },
    body: { date, time: '12:00', service: 'Haircut', client_id: id, notes: `Staff on ${mark}` },
  });
  expect(byStaff.statusCode).toBe(201);
  await server.send('POST', `/api/v2/bookings/${byStaff.json().id}/cancel`, { token });
  const key = await server.send('POST', '/api/auth/api-key/create', { token, body: { name: mark } });
  expect(key.statusCode).toBe(200);
  await pool.query(
    `insert into verification (identifier, value, "expiresAt")
     values ($1, $2, now() + interval '1 hour'), ($3, 'code', now() + interval '1 hour')`,
    [`reset-password:${mark}`, String(id), email],
  );
  for (const chair of shop.barberIds) {
    await server.send('PATCH', `/api/v2/admin/barbers/${chair}`, { token: admin, body: { account: null } });
    const invite = `/api/v2/admin/barbers/${chair}/invite`;
    await server.send('POST', invite, { token: admin, body: { email: email.toUpperCase() } });
  }
  const { rows } = await pool.query(
    `select data ->> 'token' as token from mail_outbox where recipient = $1 and template = 'barber_invitation'`,
    [email],
  );
  const body = { token: rows[0].token };
  expect((await server.send('POST', '/api/v2/invitations/accept', { token, body })).statusCode).toBe(200);
  return [booking.id, byStaff.json().id];
}

/** The tables in which something, somewhere, contains the text. */
async function tablesWith(text: string): Promise<string[]> {
  const { pool } = server.database;
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await pool.query(`select 1 from "${name}" as t where strpos(lower(t::text), $1) > 0`, [
      text,
    ]);
    if (rows.rows.length > 0) found.push(name);
  }
  return found;
}

const remove = (token: string) => server.send('DELETE', '/api/v2/me', { token });

async function verify({ id }: Person): Promise<void> {
  await server.database.pool.query('update "user" set "emailVerified" = true where id = $1', [id]);
}

test('nothing that is left in any table tells of an account that was deleted', async () => {
  const person = await signUp();
  await verify(person);
  await liveALittle(person, '2026-11-24');
  expect(await tablesWith(person.mark)).toEqual([
    'apikey',
    'booking',
    'booking_history',
    'invitation',
    'mail_outbox',
    'session',
    'user',
    'verification',
  ]);
  const removed = await remove(person.token);
  expect([removed.statusCode, removed.body]).toEqual([204, '']);
  expect(await tablesWith(person.mark)).toEqual([]);
  const { rows } = await server.database.pool.query(
    `select count(*)::int as kept from idempotency_key where scope = $1`,
    [`user:${person.id}`],
  );
  expect(rows).toEqual([{ kept: 0 }]);
});

test('an account whose address is not proven takes all that is about it, and nothing else of that address', async () => {
  const person = await signUp();
  const { pool } = server.database;
  const [, ben = 0] = shop.barberIds;
  await liveALittle(person, '2026-11-28');
  await server.send('POST', '/api/auth/request-password-reset', { body: { email: person.email } });
  // Of the same address, but by somebody who never signed in.
  const guest = await server.send('POST', '/api/v2/bookings/guest', {
    body: { date: '2026-11-28', time: '15:00', service: 'Haircut', name: 'Gast', email: person.email },
  });
  expect(guest.statusCode).toBe(201);
  const waiting = `select template, data ->> 'bookingId' as booking from mail_outbox where recipient = $1 order by id`;
  expect((await pool.query(waiting, [person.email])).rows.length).toBeGreaterThan(5);
  expect((await remove(person.token)).statusCode).toBe(204);

  expect(await tablesWith(person.mark)).toEqual(['booking', 'invitation', 'mail_outbox']);
  expect((await pool.query(waiting, [person.email])).rows).toEqual([
    { template: 'barber_invitation', booking: null },
    { template: 'booking_confirmed', booking: String(guest.json().id) },
  ]);
  const marked = (table: string) =>
    pool.query(`select t.* from ${table} as t where strpos(lower(t::text), $1) > 0`, [person.mark]);
  expect((await marked('booking')).rows).toMatchObject([{ id: guest.json().id }]);
  expect((await marked('invitation')).rows).toMatchObject([{ barber_id: ben, accepted_at: null }]);
});

test('bookings stay, of nobody, and their slots stay taken', async () => {
  const person = await signUp();
  const [kept, cancelled] = await liveALittle(person, '2026-11-25');
  await remove(person.token);
  const { rows } = await server.database.pool.query(
    'select id, status, user_id, guest_name, notes from booking where id = any ($1) order by id',
    [[kept, cancelled]],
  );
  const nobody = { user_id: null, guest_name: null, notes: null };
  expect(rows).toEqual([
    { id: kept, status: 'confirmed', ...nobody },
    { id: cancelled, status: 'cancelled', ...nobody },
  ]);
  const history = await server.send('GET', `/api/v2/bookings/${kept}/history`, { token: admin });
  const noted = history.json().items.map(({ changes }: { changes: object }) => Reflect.get(changes, 'notes'));
  expect(noted).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
  const calendar = await server.send('GET', '/api/v2/staff/calendar?from=2026-11-25&to=2026-11-25', {
    token: admin,
  });
  const shown = calendar.json().items.find(({ id }: { id: number }) => id === kept);
  expect(shown).toMatchObject({ status: 'confirmed', client: null, notes: null });
  const slots = await server.send(
    'GET',
    `/api/v2/bookings/available-slots?target_date=2026-11-25&barber_id=${shop.barberIds[0]}`,
  );
  const taken = slots.json().slots.find(({ time }: { time: string }) => time === '10:00');
  expect(taken).toMatchObject({ available: false, reason: 'booked' });
});

test('sessions and keys end at once, the address is free again, and the new account has nothing', async () => {
  const person = await signUp();
  const second = await server.send('POST', '/api/auth/sign-in/email', {
    body: { email: person.email, password: PASSWORD },
  });
  const made = await server.send('POST', '/api/auth/api-key/create', {
    token: person.token,
    body: { name: 'key' },
  });
  await book(person.token, '2026-11-26');
  await remove(person.token);
  for (const headers of [
    { authorization: `Bearer ${person.token}` },
    { authorization: `Bearer ${second.json().token}` },
    { 'x-api-key': made.json().key },
  ]) {
    expect((await server.send('GET', '/api/v2/me', { headers })).statusCode).toBe(401);
  }
  expect((await remove(person.token)).statusCode).toBe(401);
  const again = await server.signUp(person.email);
  expect((await server.send('GET', '/api/v2/bookings', { token: again })).json().items).toEqual([]);
  expect((await server.send('GET', '/api/v2/me', { token: again })).json().roles).toEqual([]);
});

test('a barber who deletes the account leaves the chair, and nobody else’s data', async () => {
  const [barber, other] = [await signUp(), await signUp()];
  await liveALittle(other, '2026-11-27');
  const [, ben = 0] = shop.barberIds;
  const db = server.database.db;
  await db.updateTable('barber').set({ user_id: barber.id }).where('id', '=', ben).execute();
  const before = await tablesWith(other.mark);
  await remove(barber.token);
  expect(await tablesWith(other.mark)).toEqual(before);
  const chair = await server.send('GET', `/api/v2/admin/barbers/${ben}`, { token: admin });
  expect(chair.json()).toMatchObject({ name: 'Ben', active: true, account: null });
});

/** What `book` would have written, were it not for the rest of its transaction. */
async function insertBooking(trx: Transaction<Database>, { id, mark }: Person): Promise<void> {
  await sql`
    insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
      price_amount, currency, user_id, notes)
    select ${shop.id}, ${shop.barberIds[0]}, ${shop.serviceIds.Haircut}, 'Haircut', 'confirmed', begins,
      begins + interval '30 minutes', tstzrange(begins, begins + interval '30 minutes'), 3000, 'USD', ${id},
      ${`For ${mark}`}
    from (values (timestamptz '2026-12-01 10:00-05')) as slot (begins)`.execute(trx);
}

test('a booking that is just being made for the account is nobody’s, too', async () => {
  const person = await signUp();
  const { removing } = await server.database.db.transaction().execute(async (trx) => {
    await insertBooking(trx, person);
    const removing = remove(person.token);
    await untilWaiting(server.database);
    return { removing };
  });
  expect((await removing).statusCode).toBe(204);
  expect(await tablesWith(person.mark)).toEqual([]);
});

test('no booking can be made for an account that is just being deleted', async () => {
  const person = await signUp();
  const body = { date: '2026-12-02', time: '10:00', service: 'Haircut', notes: `For ${person.mark}` };
  const { booking } = await server.database.db.transaction().execute(async (trx) => {
    await deleteAccount(trx, person.id);
    const booking = server.send('POST', '/api/v2/bookings/create', { token: person.token, body });
    await untilWaiting(server.database);
    return { booking };
  });
  expect((await booking).statusCode).toBe(404);
  expect(await tablesWith(person.mark)).toEqual([]);
});

test('the last administrator of all shops cannot go, others can', async () => {
  const { pool } = server.database;
  const owner = await appoint(server, { role: 'admin' });
  await pool.query(
    `delete from shop_role using "user" as person
     where shop_id is null and user_id = person.id
       and user_id <> (select "userId" from session where token = $1)`,
    [owner],
  );
  const refused = await remove(owner);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
  expect(refused.json().detail).toMatch(/last administrator of all shops/);
  const second = await appoint(server, { role: 'admin' });
  const answers = await Promise.all([remove(owner), remove(second)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 403]);
});

test('the export is a file with everything about the account, and no secrets', async () => {
  const person = await signUp();
  const [kept, cancelled] = await liveALittle(person, '2026-12-10');
  const answer = await server.send('GET', '/api/v2/me/export', { token: person.token });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.json"$/);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  const document = answer.json();
  expect(document).toMatchObject({
    account: { id: person.id, name: `Zeb ${person.mark}`, email: person.email },
    roles: [{ shop: shop.slug, role: 'barber' }],
    chairs: [{ shop: shop.slug, barber_id: shop.barberIds[0], name: 'Ana' }],
    bookings: [
      { id: cancelled, status: 'cancelled', notes: `Staff on ${person.mark}` },
      {
        id: kept,
        notes: `After ${person.mark}`,
        history: [
          {
            actor: { role: 'client', user_id: person.id },
            changes: { notes: [null, `Before ${person.mark}`] },
          },
          { changes: { notes: [`Before ${person.mark}`, `After ${person.mark}`] } },
        ],
      },
    ],
    sign_ins: [{ provider: 'credential' }],
    sessions: [{ user_agent: `Browser of ${person.mark}` }],
    api_keys: [{ name: person.mark, last_used_at: null }],
  });
  const mails = document.mails.map(({ template }: { template: string }) => template).sort();
  expect(mails).toContain('booking_confirmed');
  expect(mails).not.toContain('barber_invitation');
  const { rows } = await server.database.pool.query<{ secret: string }>(
    `select token as secret from session where "userId" = $1
     union all select password from account where "userId" = $1
     union all select key from apikey where "referenceId" = $1::text`,
    [person.id],
  );
  expect(rows).toHaveLength(3);
  for (const { secret } of rows) expect(answer.body).not.toContain(secret);
});

test('the export has every booking, however many there are, and none of somebody else', async () => {
  const [person, other] = [await signUp(), await signUp()];
  await book(other.token, '2026-12-14', `Secret of ${other.mark}`);
  await server.database.pool.query(
    `insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
       price_amount, currency, user_id)
     select $1, $2, $3, 'Haircut', 'cancelled', begins, begins + interval '30 minutes',
       tstzrange(begins, begins + interval '30 minutes'), 3000, 'USD', $4
     from generate_series(1, 450) as n, lateral (select timestamptz '2026-01-01' + n * interval '1 hour' as begins)`,
    [shop.id, shop.barberIds[0], shop.serviceIds.Haircut, person.id],
  );
  const answer = await server.send('GET', '/api/v2/me/export', { token: person.token });
  expect(new Set(answer.json().bookings.map(({ id }: { id: number }) => id)).size).toBe(450);
  expect(answer.body).not.toContain(other.mark);
});

test('own data is for whoever is signed in', async () => {
  expect((await server.send('GET', '/api/v2/me/export')).statusCode).toBe(401);
  expect((await server.send('DELETE', '/api/v2/me')).statusCode).toBe(401);
});
