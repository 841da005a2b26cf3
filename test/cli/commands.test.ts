import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cacheCommand } from '../../src/cli/cache/cache.ts';
import { createAdminCommand } from '../../src/cli/create-admin.ts';
import { doctorCommand } from '../../src/cli/doctor/doctor.ts';
import { migrateCommand } from '../../src/cli/migrate.ts';
import { seedCommand } from '../../src/cli/seed.ts';
import { serveCommand } from '../../src/cli/serve.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createPlace, killServers, request, run, serve } from './freshchair.ts';

let database: TestDatabase;
let env: { DATABASE_URL: string };

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  env = { DATABASE_URL: database.connectionString };
});
afterEach(killServers);
afterAll(() => database.close());

/** What a command says of itself, or against what it was given, without a process of its own. */
async function said(command: Command, ...args: string[]): Promise<string> {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  command.exitOverride().configureOutput({ writeOut: write, writeErr: write });
  await command.parseAsync(args, { from: 'user' }).catch(() => {});
  return text;
}

describe('freshchair --help', () => {
  it('lists the commands', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}(serve|migrate|seed|create-admin|cache|doctor) /gm)).toHaveLength(6);
  });

  it.each([
    [serveCommand(), ['PORT, HOST', 'DATABASE_URL', 'Ctrl-C']],
    [migrateCommand(), ['Any number of processes', 'DATABASE_URL']],
    [
      seedCommand(),
      ['--barbers <count>', '--days <count>', '--fill <share>', '--seed <number>', '--slug', '--from'],
    ],
    [createAdminCommand(), ['--email <address>', '--password <password>', 'signed out']],
    [cacheCommand(), ['health', 'invalidate', 'settings', 'FRESHCHAIR_API_KEY', 'api-key/create']],
    [doctorCommand(), ['--json', 'embedded Postgres']],
  ])('of a command says what it does and what it takes', async (command, words) => {
    const help = await said(command, '--help');
    expect(help).toContain(`Usage: ${command.name()} [options]`);
    for (const word of words) expect(help).toContain(word);
  });
});

describe('freshchair migrate', () => {
  it('says what it applied, and the second time that there is nothing to do', async () => {
    expect((await run(['migrate'], env)).stdout).toMatch(/^Applied 0001_accounts, .*\.\n$/);
    expect((await run(['migrate'], env)).stdout).toBe('The database is up to date.\n');
  });

  it('says where the data of its own Postgres is, in whichever folder it was started', async () => {
    const place = await createPlace();
    const folder = dirname(place.dataDir);
    const { code, stdout } = await run(['migrate'], {}, folder);
    expect(code).toBe(0);
    const home = await realpath(join(place.dataDir, 'postgres'));
    expect(stdout.split('\n')).toEqual([`The data is in ${home}.`, expect.stringMatching(/^Applied/), '']);
    await place.remove();
  });
});

describe('freshchair seed', () => {
  it('makes a shop of the size asked for, and not a second one under its slug', async () => {
    const size = [
      '--barbers',
      '3',
      '--days',
      '7',
      '--fill',
      '0.6',
      '--from',
      '2026-11-23',
      '--slug',
      'main-street',
    ];
    expect((await run(['seed', ...size], env)).stdout).toMatch(
      /^Made the shop "main-street": 3 barbers, \d+ bookings \(\d\.\d s\)\.\n$/,
    );
    const { rows } = await database.pool.query(
      `select name, timezone, slot_minutes, (select count(*)::int from barber) as barbers from shop`,
    );
    expect(rows).toEqual([
      { name: 'Main Street Barbershop', timezone: 'America/New_York', slot_minutes: 15, barbers: 3 },
    ]);
    expect(await run(['seed', ...size], env)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is a shop "main-street" already: choose another name with --slug.\n',
    });
  });

  it.each([
    ['--barbers', '0', 'a whole number from 1 to 1000'],
    ['--days', '1.5', 'a whole number from 0 to 730'],
    ['--fill', '1.1', 'a number from 0 to 1'],
    ['--seed', '-1', 'a whole number from 0'],
    ['--slug', 'Main Street', 'lower-case letters'],
    ['--from', '2026-02-29', 'a date like'],
  ])('does not take %s %s', async (option, value, expected) => {
    const message = await said(seedCommand(), `${option}=${value}`);
    expect(message).toMatch(new RegExp(`^error: option '${option} <.*${expected}.*\\n$`));
  });
});

describe('freshchair create-admin', { timeout: 60_000 }, () => {
  it('makes an administrator who can sign in, and gives the same one a new password', async () => {
    const made = await run(['create-admin', '--email', 'Boss@shop.example'], env);
    const [, generated = ''] =
      /^Boss@shop.example is an administrator of all shops.\nPassword: (\S+) /.exec(made.stdout) ?? [];
    expect(generated.length).toBeGreaterThan(11);
    const again = await run(
      ['create-admin', '--email', 'boss@shop.example', '--password', 'my own choice'],
      env,
    );
    expect(again.stdout).toBe('boss@shop.example is an administrator of all shops.\n');

    const server = await serve({ ...env, LOG_LEVEL: 'warn' });
    expect(server.output()).toMatch(/Administrator\s+boss@shop.example/);
    const signIn = (password: string) =>
      request(`${server.url}/api/auth/sign-in/email`, { email: 'boss@shop.example', password });
    expect((await signIn(generated)).status).toBe(401);
    const { status, body } = await signIn('my own choice');
    expect(status).toBe(200);
    const me = await request(`${server.url}/api/v2/me`, undefined, body.token);
    expect(me.body).toMatchObject({ email: 'boss@shop.example', roles: [{ shop: null, role: 'admin' }] });
    await server.stop();
  });

  it('does not take a password that is too short, and does not show it', async () => {
    const { code, stderr } = await run(['create-admin', '--password', 'short'], env);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'A setting is wrong:\n  --password: its value (not shown here) should be 8 to 128 characters long.\n',
    );
  });

  it('calls what is wrong by the name under which it was given', async () => {
    const option = await run(['create-admin', '--email', 'x'], { ...env, ADMIN_EMAIL: 'y' });
    expect(option).toEqual({
      code: 1,
      stdout: '',
      stderr: 'A setting is wrong:\n  --email: "x" should be an e-mail address.\n',
    });
    const setting = await run(['create-admin'], { ...env, ADMIN_EMAIL: 'y' });
    expect(setting.stderr).toBe('A setting is wrong:\n  ADMIN_EMAIL: "y" should be an e-mail address.\n');
  });
});

describe('a command that cannot do its work', () => {
  it('lists every fault of the settings', async () => {
    const { code, stdout, stderr } = await run(['serve'], {
      PORT: 'http',
      LOG_LEVEL: 'loud',
      RATE_LIMIT: 'maybe',
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `3 settings are wrong:
  PORT: "http" should be a whole number from 0 to 65535.
  RATE_LIMIT: "maybe" should be on or off.
  LOG_LEVEL: "loud" should be fatal, error, warn, info, debug, trace or silent.
`,
    );
  });

  it('reads .env of the current folder, and the environment before it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fc-env-'));
    await writeFile(join(folder, '.env'), 'PORT=http\nHOST=a b\n');
    const { stderr } = await run(['serve'], { PORT: 'https' }, folder);
    expect(stderr).toContain('PORT: "https" should be');
    expect(stderr).toContain('HOST: "a b" should be');
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      'nobody listens there',
      'postgresql://me:hunter2@127.0.0.1:1/shop',
      /^Postgres cannot be reached \(.*\): check DATABASE_URL\.\n$/,
    ],
    [
      'the host does not exist',
      'postgresql://me:hunter2@nowhere.invalid/shop',
      /^Postgres cannot be reached \(.*\): check DATABASE_URL\.\n$/,
    ],
  ])('says in one sentence that Postgres cannot be reached: %s', async (_, DATABASE_URL, sentence) => {
    const { code, stderr } = await run(['migrate'], { DATABASE_URL });
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('hunter2');
  });

  it('says in one sentence that there is no such database', async () => {
    const url = new URL(database.connectionString);
    url.pathname = '/nothing_here';
    const { code, stderr } = await run(['migrate'], { DATABASE_URL: url.href });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'Postgres did not let us in (database "nothing_here" does not exist): check DATABASE_URL.\n',
    );
  });

  it('shows the stack to whoever asks for it', async () => {
    const DATABASE_URL = 'postgresql://me@127.0.0.1:1/shop';
    const { stderr } = await run(['migrate'], { DATABASE_URL, LOG_LEVEL: 'debug' });
    expect(stderr).toMatch(/^Postgres cannot be reached .*\n.*ECONNREFUSED.*\n {4}at /);
  });

  it('says in one sentence that the data cannot be kept in DATA_DIR', async () => {
    const { code, stdout, stderr } = await run(['serve'], { DATA_DIR: '/etc/passwd' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'The data cannot be kept in /etc/passwd (it is a file): set DATA_DIR to a folder that this account may write to, or set DATABASE_URL.\n',
    );
  });

  it('names the command that is not known', async () => {
    const { code, stderr } = await run(['serv']);
    expect(code).toBe(1);
    expect(stderr).toBe("error: unknown command 'serv'\n(Did you mean serve?)\n");
  });
});
