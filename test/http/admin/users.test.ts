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

const setRole = (token: string, id: number, role: string, shop = '') =>
  server.send('PUT', `${USERS}/${id}/role${shop && `?shop=${shop}`}`, { token, body: { role } });

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
  expect((await setRole(admin, id, 'barber')).json()).toEqual({ id, name: 'Ada', email, role: 'barber' });
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
  const { id } = await me(token);
  const hours = () => server.send('GET', `/api/v2/admin/barbers/${ana}/hours`, { token });
  expect((await hours()).statusCode).toBe(200);
  await setRole(admin, id, 'client');
  await setRole(admin, id, 'barber');
  expect((await hours()).statusCode).toBe(403);
  const barber = await server.send('GET', `/api/v2/admin/barbers/${ana}`, { token: admin });
  expect(barber.json().account).toBeNull();
});

test('names and addresses of strangers cannot be read off their ids', async () => {
  const { id } = await me(await server.signUp());
  const answer = await setRole(admin, id, 'client');
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
  expect((await setRole(admin, 2_147_483_647, 'barber')).statusCode).toBe(404);
});

test('an owner of all shops is out of reach for the administrator of one', async () => {
  const second = await appoint(server, { role: 'admin' });
  const { id } = await me(second);
  for (const role of ['client', 'barber', 'admin']) {
    const answer = await setRole(admin, id, role);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
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

test('the last owner stays, also when two take each other’s place away at once', async () => {
  const last = await setRole(owner, (await me(owner)).id, 'client');
  expect(last.statusCode).toBe(403);
  expect(last.json().detail).toMatch(/last administrator/);
  const second = await appoint(server, { role: 'admin' });
  const ids = [(await me(owner)).id, (await me(second)).id] as const;
  const answers = await Promise.all([setRole(owner, ids[1], 'client'), setRole(second, ids[0], 'client')]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
  const { rows } = await server.database.pool.query('select user_id from shop_role where shop_id is null');
  expect(rows).toEqual([{ user_id: answers[0].statusCode === 200 ? ids[0] : ids[1] }]);
  if (answers[0].statusCode !== 200) owner = second;
});

test.each([{ role: 'owner' }, { role: 'ADMIN' }, { role: 1 }, {}, { role: 'admin', all_shops: true }])(
  'a role of %j is refused',
  async (body) => {
    const { id } = await me(await server.signUp());
    const answer = await server.send('PUT', `${USERS}/${id}/role`, { token: admin, body });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'validation_failed']);
  },
);

test('nobody but the administrators of the shop sees or changes roles', async () => {
  const barber = await appoint(server, { shop: shop.id, role: 'barber' });
  const stranger = await appoint(server, { shop: other.id, role: 'admin' });
  const { id } = await me(barber);
  for (const token of [barber, stranger, await server.signUp()]) {
    expect((await server.send('GET', USERS, { token })).statusCode).toBe(403);
    expect((await setRole(token, id, 'admin')).statusCode).toBe(403);
  }
  expect((await server.send('GET', USERS)).statusCode).toBe(401);
  expect((await setRole(stranger, id, 'admin', 'other')).statusCode).toBe(200);
  expect((await me(barber)).role).toBe('barber');
});
