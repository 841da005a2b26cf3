import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

const USERS = '/api/v2/admin/users';

let server: TestServer;
let shop: TestShop;
let other: TestShop;
let owner: string;
let admin: string;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db);
  other = await createShop(server.database.db, { slug: 'other' });
  owner = await appoint(server, { role: 'admin' });
  admin = await appoint(server, { shop: shop.id, role: 'admin' });
});
afterAll(() => server.close());

interface Listed {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly all_shops: boolean;
}

async function me(token: string): Promise<{ id: number; email: string; role: string }> {
  return (await server.send('GET', '/api/v2/me', { token })).json();
}

async function list(query: string, token = admin): Promise<Listed[]> {
  const answer = await server.send('GET', `${USERS}?limit=200&query=${encodeURIComponent(query)}`, { token });
  expect(answer.statusCode).toBe(200);
  return answer.json().items;
}

const setRole = (token: string, id: number, role: string, body: { email?: string; shop?: string } = {}) =>
  server.send('PUT', `${USERS}/${id}/role`, { token, body: { role, ...body } });

test('the list has whoever has a role at the shop, owners of all shops too, and no clients', async () => {
  const client = await me(await server.signUp());
  const elsewhere = await me(await appoint(server, { shop: other.id, role: 'admin' }));
  const barber = await me(await appoint(server, { shop: shop.id, role: 'barber' }));
  const listed = await list('');
  expect(listed).toContainEqual({
    id: barber.id,
    name: 'Ada',
    email: barber.email,
    role: 'barber',
    all_shops: false,
  });
  const marked = new Map(listed.map(({ id, role, all_shops }) => [id, [role, all_shops]]));
  expect(marked.get((await me(owner)).id)).toEqual(['admin', true]);
  expect(marked.get((await me(admin)).id)).toEqual(['admin', false]);
  expect(marked.has(client.id) || marked.has(elsewhere.id)).toBe(false);
});

test('a query narrows the list, and a whole address finds anybody', async () => {
  const client = await me(await server.signUp('Find.Me@example.com'));
  const barber = await me(await appoint(server, { shop: shop.id, role: 'barber' }));
  expect(await list(' FIND.ME@example.com')).toEqual([
    { id: client.id, name: 'Ada', email: 'find.me@example.com', role: 'client', all_shops: false },
  ]);
  expect(await list('find.me')).toEqual([]);
  expect(await list('%')).toEqual([]);
  expect((await list(barber.email.slice(0, -4))).map(({ id }) => id)).toEqual([barber.id]);
});

test('the list comes in pages', async () => {
  const all = await list('');
  const first = (await server.send('GET', `${USERS}?limit=1`, { token: admin })).json();
  expect(first).toEqual({ items: all.slice(0, 1), next_cursor: all[0]?.id });
  const rest = await server.send('GET', `${USERS}?cursor=${first.next_cursor}`, { token: admin });
  expect(rest.json().items).toEqual(all.slice(1));
});

test('an administrator gives a role at this shop only, changes it and takes it away', async () => {
  const token = await server.signUp();
  const { id, email } = await me(token);
  const given = await setRole(admin, id, 'barber', { email });
  expect(given.json()).toEqual({ id, name: 'Ada', email, role: 'barber' });
  expect((await me(token)).role).toBe('barber');
  expect((await setRole(admin, id, 'admin')).json().role).toBe('admin');
  const elsewhere = await server.send('GET', '/api/v2/me?shop=other', { token });
  expect(elsewhere.json().role).toBe('client');
  expect((await setRole(admin, id, 'client')).json().role).toBe('client');
  expect((await me(token)).role).toBe('client');
});

test('the chair goes with the role', async () => {
  const [ana = 0] = shop.barberIds;
  const token = await appoint(server, { shop: shop.id, role: 'barber', barber: ana });
  const { id, email } = await me(token);
  const hours = () => server.send('GET', `/api/v2/admin/barbers/${ana}/hours`, { token });
  expect((await hours()).statusCode).toBe(200);
  await setRole(admin, id, 'client');
  await setRole(admin, id, 'barber', { email });
  expect((await hours()).statusCode).toBe(403);
  const barber = await server.send('GET', `/api/v2/admin/barbers/${ana}`, { token: admin });
  expect(barber.json().account).toBeNull();
});

test('names and addresses of strangers cannot be read off their ids', async () => {
  const token = await server.signUp();
  const { id, email } = await me(token);
  const unknown = (await setRole(admin, 2_147_483_647, 'barber')).json();
  expect(unknown).toMatchObject({ status: 404, code: 'not_found' });
  for (const by of [admin, owner]) {
    for (const role of ['client', 'barber', 'admin']) {
      if (by === admin || role === 'client') expect((await setRole(by, id, role)).json()).toEqual(unknown);
      expect((await setRole(by, id, role, { email: 'other@example.com' })).json()).toEqual(unknown);
    }
    expect((await setRole(by, id, 'client', { email })).json()).toEqual(unknown);
  }
  expect((await me(token)).role).toBe('client');
});

test('an administrator of all shops gives a first role without the address', async () => {
  const { id } = await me(await server.signUp());
  expect((await setRole(owner, id, 'barber')).json()).toMatchObject({ id, role: 'barber' });
});

test('a first role is given to the address of the account, in any case; further ones need none', async () => {
  const token = await server.signUp();
  const { id, email } = await me(token);
  expect((await setRole(admin, id, 'barber', { email: ` ${email.toUpperCase()}` })).statusCode).toBe(200);
  expect((await setRole(admin, id, 'admin')).json().role).toBe('admin');
  expect((await setRole(admin, id, 'barber', { email: 'other@example.com' })).statusCode).toBe(404);
  expect((await setRole(admin, id, 'barber', { email })).json().role).toBe('barber');
  // A role elsewhere is none here.
  const stranger = await appoint(server, { shop: other.id, role: 'admin' });
  expect((await setRole(stranger, id, 'barber', { shop: 'other' })).statusCode).toBe(404);
  expect((await setRole(stranger, id, 'barber', { shop: 'other', email })).statusCode).toBe(200);
});

test('an owner of all shops is a stranger, out of reach, to the administrator of one', async () => {
  const second = await appoint(server, { role: 'admin' });
  const { id, email } = await me(second);
  const unknown = (await setRole(admin, 2_147_483_647, 'barber')).json();
  for (const role of ['client', 'barber', 'admin']) {
    expect((await setRole(admin, id, role)).json()).toEqual(unknown);
    expect((await setRole(admin, id, role, { email })).json()).toEqual(unknown);
  }
  expect((await setRole(owner, id, 'admin')).json().role).toBe('admin');
  expect((await list('')).find((user) => user.id === id)?.all_shops).toBe(true);
  expect((await setRole(owner, id, 'barber')).json().role).toBe('barber');
  expect((await me(second)).role).toBe('barber');
  const everywhere = await server.send('GET', '/api/v2/me?shop=other', { token: second });
  expect(everywhere.json().role).toBe('client');
});

test('whoever administers all shops no more is no administrator of accounts any more', async () => {
  const token = await appoint(server, { role: 'admin' });
  const { id } = await me(token);
  await server.database.db.updateTable('user').set({ role: 'admin' }).where('id', '=', id).execute();
  const accounts = () => server.send('GET', '/api/auth/admin/list-users', { token });
  expect((await accounts()).statusCode).toBe(200);
  await setRole(owner, id, 'client');
  expect((await accounts()).statusCode).toBe(403);
});

test('whoever administers all shops no more keeps no session in other people’s names', async () => {
  const [token, person] = [await appoint(server, { role: 'admin' }), await server.signUp()];
  const { id } = await me(token);
  const mark = (by: number) =>
    server.database.pool.query('update session set "impersonatedBy" = $1 where token = $2', [by, person]);
  await mark((await me(owner)).id);
  await setRole(owner, id, 'barber');
  expect((await server.send('GET', '/api/v2/me', { token: person })).statusCode).toBe(200);
  const again = await appoint(server, { role: 'admin' });
  await mark((await me(again)).id);
  await setRole(owner, (await me(again)).id, 'client');
  expect((await server.send('GET', '/api/v2/me', { token: person })).statusCode).toBe(401);
});

test('an owner who is banned does not count as the last one, until the ban is over', async () => {
  const second = await appoint(server, { role: 'admin' });
  const ids = [(await me(owner)).id, (await me(second)).id] as const;
  const ban = (banned: boolean, expires: string | null = null) =>
    server.database.pool.query(
      'update "user" set banned = $2, "banExpires" = statement_timestamp() + $3::interval where id = $1',
      [ids[1], banned, expires],
    );
  for (const expires of [null, '1 hour']) {
    await ban(true, expires);
    const last = await setRole(owner, ids[0], 'client');
    expect([last.statusCode, last.json().code]).toEqual([403, 'forbidden']);
    expect((await server.send('DELETE', '/api/v2/me', { token: owner })).statusCode).toBe(403);
  }
  await ban(true, '-1 second');
  expect((await setRole(owner, ids[0], 'client')).statusCode).toBe(200);
  await ban(false);
  owner = second;
});

test('an owner who is banned can be made to step down', async () => {
  const second = await appoint(server, { role: 'admin' });
  const { id } = await me(second);
  await server.database.pool.query('update "user" set banned = true where id = $1', [id]);
  expect((await setRole(owner, id, 'client')).json().role).toBe('client');
});

test('the last owner stays, also when two take each other’s place away at once', async () => {
  const last = await setRole(owner, (await me(owner)).id, 'client');
  expect(last.statusCode).toBe(403);
  expect(last.json().detail).toMatch(/last administrator/);
  const second = await appoint(server, { role: 'admin' });
  const ids = [(await me(owner)).id, (await me(second)).id] as const;
  const answers = await Promise.all([setRole(owner, ids[1], 'client'), setRole(second, ids[0], 'client')]);
  // Whoever came second is no owner any more: no administrator either, or one to whom owners are strangers.
  const statuses = answers.map(({ statusCode }) => statusCode).sort();
  expect([
    [200, 403],
    [200, 404],
  ]).toContainEqual(statuses);
  const { rows } = await server.database.pool.query('select user_id from shop_role where shop_id is null');
  expect(rows).toEqual([{ user_id: answers[0].statusCode === 200 ? ids[0] : ids[1] }]);
  if (answers[0].statusCode !== 200) owner = second;
});

test.each([
  { role: 'owner' },
  { role: 'ADMIN' },
  { role: 1 },
  {},
  { role: 'admin', all_shops: true },
  { role: 'barber', email: 1 },
  { role: 'barber', email: 'a\u0000@example.com' },
  { role: 'barber', email: `${'x'.repeat(250)}@x.yz` },
])('a role of %j is refused', async (body) => {
  const { id } = await me(await server.signUp());
  const answer = await server.send('PUT', `${USERS}/${id}/role`, { token: admin, body });
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'validation_failed']);
});

test('nobody but the administrators of the shop sees or changes roles', async () => {
  const barber = await appoint(server, { shop: shop.id, role: 'barber' });
  const stranger = await appoint(server, { shop: other.id, role: 'admin' });
  const { id, email } = await me(barber);
  for (const token of [barber, stranger, await server.signUp()]) {
    expect((await server.send('GET', USERS, { token })).statusCode).toBe(403);
    expect((await setRole(token, id, 'admin')).statusCode).toBe(403);
  }
  expect((await server.send('GET', USERS)).statusCode).toBe(401);
  expect((await setRole(stranger, id, 'admin', { shop: 'other', email })).statusCode).toBe(200);
  expect((await me(barber)).role).toBe('barber');
});
