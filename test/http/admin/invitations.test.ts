import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

let server: TestServer;
let shop: TestShop;
let admin: string;
let chair: number;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db);
  admin = await appoint(server, { shop: shop.id, role: 'admin' });
});
afterAll(() => server.close());
beforeEach(async () => {
  chair = await newChair();
});

async function newChair(): Promise<number> {
  const body = { name: 'Ben' };
  return (await server.send('POST', '/api/v2/admin/barbers', { token: admin, body })).json().id;
}

const invite = (email: string, id = chair) =>
  server.send('POST', `/api/v2/admin/barbers/${id}/invite`, { token: admin, body: { email } });

/** Invites, and takes the token from the mail. */
async function invited(email: string, id = chair): Promise<string> {
  const answer = await invite(email, id);
  expect(answer.statusCode).toBe(201);
  const { rows } = await server.database.pool.query(
    `select data ->> 'token' as token from mail_outbox where recipient = $1 order by id desc`,
    [email],
  );
  return rows[0].token;
}

const accept = (token: string, invitation: string) =>
  server.send('POST', '/api/v2/invitations/accept', { token, body: { token: invitation } });

const accountOf = async (id = chair) =>
  (await server.send('GET', `/api/v2/admin/barbers/${id}`, { token: admin })).json().account;

test('an invitation is mailed, is good for a week, and only its hash is kept', async () => {
  const before = Date.now();
  const answer = await invite('Ben@Example.com');
  expect(answer.statusCode).toBe(201);
  const { email, expires_at } = answer.json();
  expect(email).toBe('ben@example.com');
  const days = (Date.parse(expires_at) - before) / 86_400_000;
  expect(Math.abs(days - 7)).toBeLessThan(0.01);
  const { rows: mails } = await server.database.pool.query(
    `select shop_id, template, data from mail_outbox where recipient = 'ben@example.com'`,
  );
  expect(mails).toEqual([
    {
      shop_id: shop.id,
      template: 'barber_invitation',
      data: {
        shopName: shop.slug,
        timezone: 'America/New_York',
        barberName: 'Ben',
        token: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: expires_at,
      },
    },
  ]);
  const { rows } = await server.database.pool.query(
    'select token_hash, invitation::text as row from invitation where barber_id = $1',
    [chair],
  );
  const { token } = mails[0].data;
  expect(rows).toHaveLength(1);
  expect(rows[0].token_hash).toEqual(createHash('sha256').update(token).digest());
  expect(rows[0].row).not.toContain(token);
  expect(answer.body).not.toContain(token);
});

test('whoever has the token becomes the barber, under any account, and once only', async () => {
  const invitation = await invited('ben@example.com');
  const ben = await server.signUp();
  const accepted = await accept(ben, invitation);
  expect(accepted.statusCode).toBe(200);
  expect(accepted.json()).toEqual({ shop: shop.slug, barber_id: chair, role: 'barber' });
  const me = (await server.send('GET', '/api/v2/me', { token: ben })).json();
  expect(me.roles).toEqual([{ shop: shop.slug, role: 'barber' }]);
  expect(await accountOf()).toMatchObject({ user_id: me.id, email: me.email });
  const hours = await server.send('GET', `/api/v2/admin/barbers/${chair}/hours`, { token: ben });
  expect(hours.statusCode).toBe(200);
  const eve = await server.signUp();
  for (const token of [eve, ben]) expect((await accept(token, invitation)).statusCode).toBe(400);
  expect((await accountOf()).user_id).toBe(me.id);
});

test('an administrator who accepts stays one', async () => {
  const invitation = await invited('boss@example.com');
  const boss = await appoint(server, { shop: shop.id, role: 'admin' });
  expect((await accept(boss, invitation)).json().role).toBe('admin');
  const owner = await appoint(server, { role: 'admin' });
  const another = await newChair();
  expect((await accept(owner, await invited('owner@example.com', another))).json()).toEqual({
    shop: shop.slug,
    barber_id: another,
    role: 'admin',
  });
});

test('inviting again replaces the invitation that is open', async () => {
  const first = await invited('first@example.com');
  const second = await invited('second@example.com');
  const ben = await server.signUp();
  expect((await accept(ben, first)).statusCode).toBe(400);
  expect(await accountOf()).toBeNull();
  expect((await accept(ben, second)).statusCode).toBe(200);
});

test('a token that has expired, was made up or is of another shop is refused alike', async () => {
  const invitation = await invited('ben@example.com');
  const ben = await server.signUp();
  await createShop(server.database.db, { slug: 'elsewhere' });
  const elsewhere = await server.send('POST', '/api/v2/invitations/accept?shop=elsewhere', {
    token: ben,
    body: { token: invitation },
  });
  const forged = `${invitation.startsWith('A') ? 'B' : 'A'}${invitation.slice(1)}`;
  const answers = [elsewhere, await accept(ben, forged), await accept(ben, '🪒')];
  await server.database.pool.query('update invitation set expires_at = now() where barber_id = $1', [chair]);
  answers.push(await accept(ben, invitation));
  for (const answer of answers) {
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([
      { pointer: '/token', code: 'validation_failed', detail: answers[0]?.json().detail },
    ]);
  }
  expect(await accountOf()).toBeNull();
});

test('a chair that has an account is to be unlinked first, and can then be given to somebody else', async () => {
  const ben = await server.signUp();
  await accept(ben, await invited('ben@example.com'));
  const taken = await invite('cy@example.com');
  expect(taken.statusCode).toBe(400);
  expect(taken.json().detail).toMatch(/unlink/i);
  const url = `/api/v2/admin/barbers/${chair}`;
  await server.send('PATCH', url, { token: admin, body: { account: null } });
  const me = (await server.send('GET', '/api/v2/me', { token: ben })).json();
  expect(me.role).toBe('client');
  const cy = await server.signUp();
  expect((await accept(cy, await invited('cy@example.com'))).statusCode).toBe(200);
});

test('unlinking and retiring withdraw an open invitation', async () => {
  const ben = await server.signUp();
  const url = `/api/v2/admin/barbers/${chair}`;
  const first = await invited('ben@example.com');
  await server.send('PATCH', url, { token: admin, body: { account: null } });
  expect((await accept(ben, first)).statusCode).toBe(400);
  const second = await invited('ben@example.com');
  await server.send('DELETE', url, { token: admin });
  expect((await accept(ben, second)).statusCode).toBe(400);
  const retired = await invite('ben@example.com');
  expect([retired.statusCode, retired.json().errors[0].pointer]).toEqual([400, '/id']);
});

test('an account has one chair at a shop, also when it accepts two at once', async () => {
  const other = await newChair();
  const [one, two] = [await invited('one@example.com'), await invited('two@example.com', other)];
  const ben = await server.signUp();
  const answers = await Promise.all([accept(ben, one), accept(ben, two)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400]);
  const accounts = [await accountOf(), await accountOf(other)];
  expect(accounts.filter((account) => account !== null)).toHaveLength(1);
  const elsewhere = await createShop(server.database.db, { slug: 'second' });
  const boss = await appoint(server, { shop: elsewhere.id, role: 'admin' });
  await server.send('POST', `/api/v2/admin/barbers/${elsewhere.barberIds[0]}/invite?shop=second`, {
    token: boss,
    body: { email: 'three@example.com' },
  });
  const { rows } = await server.database.pool.query(
    `select data ->> 'token' as token from mail_outbox where recipient = 'three@example.com'`,
  );
  expect((await accept(ben, rows[0].token)).json().shop).toBe('second');
});

test('two who accept the same invitation at once do not both become the barber', async () => {
  const invitation = await invited('both@example.com');
  const people = [await server.signUp(), await server.signUp()];
  const answers = await Promise.all(people.map((token) => accept(token, invitation)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400]);
  const roles = await Promise.all(
    people.map(async (token) => (await server.send('GET', '/api/v2/me', { token })).json().role),
  );
  expect(roles.sort()).toEqual(['barber', 'client']);
});

test.each([
  '',
  'ben',
  `${'İ'.repeat(240)}@example.com`,
  '@',
  'a b@example.com',
  'ben@example.com\nBcc: all@example.com',
  'b@\u0000',
  7,
])('nobody can be invited under the address %j', async (email) => {
  const { rows: before } = await server.database.pool.query('select count(*) from mail_outbox');
  const answer = await server.send('POST', `/api/v2/admin/barbers/${chair}/invite`, {
    token: admin,
    body: { email },
  });
  expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([400, '/email']);
  const { rows: after } = await server.database.pool.query('select count(*) from mail_outbox');
  expect(after).toEqual(before);
});

test('inviting is for administrators of the shop, accepting for whoever is signed in', async () => {
  const barber = await appoint(server, { shop: shop.id, role: 'barber', barber: chair });
  const other = await createShop(server.database.db);
  const stranger = await appoint(server, { shop: other.id, role: 'admin' });
  const url = `/api/v2/admin/barbers/${chair}/invite`;
  const body = { email: 'x@example.com' };
  for (const token of [barber, stranger, await server.signUp()])
    expect((await server.send('POST', url, { token, body })).statusCode).toBe(403);
  expect((await server.send('POST', url, { body })).statusCode).toBe(401);
  expect((await invite('x@example.com', other.barberIds[0])).statusCode).toBe(404);
  const accepting = await server.send('POST', '/api/v2/invitations/accept', { body: { token: 'x' } });
  expect(accepting.statusCode).toBe(401);
});
