import type { HTTPMethods } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdministrator } from '../../../src/auth/administrator.ts';
import { cacheCommand } from '../../../src/cli/cache/cache.ts';
import { serverCommand } from '../../../src/cli/server/server-command.ts';
import { show } from '../../../src/cli/server/show.ts';
import { PASSWORD, startTestServer, type TestServer } from '../../http/server.ts';
import { request } from '../freshchair.ts';
import { runHere } from '../in-process.ts';

const EMAIL = 'boss@shop.example';

let server: TestServer;
let url: string;

beforeAll(async () => {
  server = await startTestServer();
  url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { db } = server.database;
  await createAdministrator({ db, accounts: server.accounts, email: EMAIL, password: PASSWORD });
  await db.insertInto('shop').values({ slug: 'main', name: 'Main', timezone: 'America/New_York' }).execute();
});
afterAll(() => server.close());

const asAdministrator = () => ({
  FRESHCHAIR_URL: url,
  ADMIN_EMAIL: EMAIL,
  ADMIN_PASSWORD: PASSWORD,
  NO_COLOR: '1',
});

/** A command that asks for something that administrators alone may see. */
function askForShop(env: Readonly<Record<string, string | undefined>>) {
  const command = serverCommand('shop', 'of a test').action((options) =>
    show<{ readonly slug: string }>(options, '/api/v2/admin/shop', ({ slug }) => slug),
  );
  return runHere(command, [], { ...asAdministrator(), ...env });
}

/** As `freshchair cache --help` says. */
async function makeKey(email: string): Promise<string> {
  const { body } = await request(`${url}/api/auth/sign-in/email`, { email, password: PASSWORD });
  const made = await request(`${url}/api/auth/api-key/create`, { name: 'cache' }, body.token);
  return made.body.key;
}

async function sessions(): Promise<number> {
  const { rows } = await server.database.pool.query('select from session');
  return rows.length;
}

describe('a real server', () => {
  it('lets an administrator in with a password, and has no session left of it', async () => {
    const before = await sessions();
    expect(await askForShop({})).toEqual({ code: 0, stdout: 'main\n', stderr: '' });
    expect(await sessions()).toBe(before);
  });

  it('takes a key that was made as the help says', async () => {
    const key = await makeKey(EMAIL);
    const before = await sessions();
    expect((await askForShop({ FRESHCHAIR_API_KEY: key, ADMIN_PASSWORD: undefined })).stdout).toBe('main\n');
    expect(await sessions()).toBe(before);
  });

  it.each([
    [
      'a wrong password',
      { ADMIN_PASSWORD: 'wrong horse' },
      /does not take this password for boss@shop\.example/,
    ],
    ['a key that it does not know', { FRESHCHAIR_API_KEY: 'fc_nobody' }, /does not take FRESHCHAIR_API_KEY/],
  ])('refuses %s', async (_, env, sentence) => {
    const { code, stderr } = await askForShop(env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  });

  it('refuses a client, with a password or with a key', async () => {
    const email = 'client@shop.example';
    await server.signUp(email);
    const byPassword = await askForShop({ ADMIN_EMAIL: email });
    expect(byPassword.stderr).toMatch(/^client@shop\.example may not do this \(This is for .*\) Ask as/);
    const byKey = await askForShop({ FRESHCHAIR_API_KEY: await makeKey(email) });
    expect(byKey.stderr).toMatch(/^The owner of FRESHCHAIR_API_KEY may not do this/);
  });
});

describe('a command of the cache', () => {
  it.each<[string, HTTPMethods, string]>([
    ['health', 'GET', '/api/v2/cache/health'],
    ['stats', 'GET', '/api/v2/cache/stats'],
    ['trends', 'GET', '/api/v2/cache/monitoring/trends'],
    ['warm --days 2', 'POST', '/api/v2/cache/warm-up'],
    ['invalidate slots --yes', 'POST', '/api/v2/cache/invalidate/all-slots'],
    ['forecast', 'GET', '/api/v2/cache/forecast'],
    ['advise', 'GET', '/api/v2/cache/advice'],
    ['settings', 'GET', '/api/v2/cache/settings'],
    ['settings set available-slots 600', 'PUT', '/api/v2/cache/settings'],
  ])('is understood by the server that has its route: %s', async (args, method, path) => {
    const { stdout, stderr } = await runHere(cacheCommand(), args.split(' '), asAdministrator());
    if (server.app.hasRoute({ method, url: path })) {
      expect(stdout).not.toMatch(/undefined|NaN|\[object/);
      expect(stdout.length).toBeGreaterThan(20);
    } else expect(stderr).toBe(`There is no ${method} ${path} here.\n`);
  });
});
