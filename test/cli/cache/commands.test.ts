import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cacheCommand } from '../../../src/cli/cache/cache.ts';
import { startProcess } from '../../support/processes.ts';
import { type Finished, FRESHCHAIR, run } from '../freshchair.ts';
import { runHere } from '../in-process.ts';
import {
  type AnsweringServer,
  EMAIL,
  KEY,
  PASSWORD,
  problem,
  startAnsweringServer,
} from './answering-server.ts';
import { ADVICE, FORECAST, HEALTH, SETTINGS, STATS, TRENDS, WARM_UP } from './documents.ts';

let server: AnsweringServer;

beforeAll(async () => {
  server = await startAnsweringServer();
});
beforeEach(() => server.forget());
afterAll(() => server.close());

type Env = Readonly<Record<string, string | undefined>>;

/** As an administrator's key, unless told otherwise. */
function cache(args: string, env: Env = {}): Promise<Finished> {
  return runHere(cacheCommand(), args.split(' '), givenBy(env));
}

/** The built program. */
function program(args: string, env: Env = {}): Promise<Finished> {
  return run(['cache', ...args.split(' ')], givenBy(env));
}

function givenBy(env: Env): Env {
  return { FRESHCHAIR_URL: server.url, FRESHCHAIR_API_KEY: KEY, NO_COLOR: '1', ...env };
}

const routes = () => server.asked.map(({ route, query }) => `${route}${query}`);

describe('freshchair cache', () => {
  it.each([
    ['health', HEALTH, 1],
    ['stats', STATS, 0],
    ['trends', TRENDS, 0],
    ['forecast', FORECAST, 0],
    ['advise', ADVICE, 0],
    ['settings', SETTINGS, 0],
  ])('%s prints what the server answers, and with --json nothing else', async (name, document, code) => {
    const people = await cache(name);
    const json = await cache(`${name} --json`);
    expect([people.code, people.stderr, json.code, json.stderr]).toEqual([code, '', code, '']);
    expect(json.stdout).toBe(`${JSON.stringify(document)}\n`);
    expect(people.stdout).not.toContain('{');
    for (const line of people.stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it('asks for the hours and the shop that were meant', async () => {
    await cache('trends --hours 48 --shop uptown');
    await cache('forecast --hours 6');
    expect(routes()).toEqual([
      'GET /api/v2/cache/monitoring/trends?shop=uptown&hours=48',
      'GET /api/v2/cache/forecast?hours=6',
    ]);
  });

  it('is part of the program, and colours a terminal and nothing else', async () => {
    const colours = (env: Env) => program('health', { NO_COLOR: undefined, ...env });
    const [forced, piped] = await Promise.all([colours({ FORCE_COLOR: '1' }), colours({})]);
    expect([forced.code, forced.stdout.slice(0, 17)]).toEqual([1, '\u001b[33mWARNING\u001b[39m']);
    expect([piped.code, piped.stdout.slice(0, 9)]).toEqual([1, 'WARNING  ']);
  });
});

describe('freshchair cache health', () => {
  it.each([
    ['healthy', 0],
    ['warning', 1],
    ['critical', 2],
    ['unknown', 3],
  ])('ends for %s with %i, as monitoring expects', async (status, code) => {
    server.answer('GET /api/v2/cache/health', { body: { ...HEALTH, status } });
    expect((await cache('health')).code).toBe(code);
  });

  it('ends with 3 where it could not be asked', async () => {
    const { code, stderr } = await cache('health', { FRESHCHAIR_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^No Freshchair answers at http:\/\/127\.0\.0\.1:1 \(.*\): start it with/);
  });
});

describe('freshchair cache warm', () => {
  it('follows the warm-up to its end, in lines of ten per cent where nobody watches', async () => {
    const { code, stdout, stderr } = await cache('warm --days 5');
    expect(code).toBe(0);
    expect(stdout).toBe('7 days of 50 barbers in 820 ms: 310 loaded, 40 were there.\n');
    expect(stderr).toBe('Warming up: 20 % (70 of 350)\nWarming up: 100 % (350 of 350)\n');
    expect(routes()).toEqual([
      'POST /api/v2/cache/warm-up?days_ahead=5',
      'GET /api/v2/cache/warm-up/17',
      'GET /api/v2/cache/warm-up/17',
    ]);
  });

  it('takes a range of days and barbers', async () => {
    await cache('warm --from 2026-12-20 --to 2026-12-31 --barber 3 --barber 7');
    await cache('warm --from 2026-12-20');
    const posted = server.asked.filter(({ route }) => route.startsWith('POST')).map(({ body }) => body);
    expect(posted).toEqual([
      { start_date: '2026-12-20', end_date: '2026-12-31', barber_ids: [3, 7] },
      { start_date: '2026-12-20', end_date: '2026-12-20' },
    ]);
  });

  it('prints the last word of the server for programs, and its progress beside that', async () => {
    expect((await cache('warm --json')).stdout).toBe(`${JSON.stringify(WARM_UP)}\n`);
  });

  it('fails where the warm-up did, or some of it', async () => {
    const failure = 'The server was stopped before it was done. Start it again.';
    server.answer('GET /api/v2/cache/warm-up/17', { body: { ...WARM_UP, status: 'failed', failure } });
    const failed = await cache('warm');
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining(`${failure}\n`)]);
    const stats = { ...WARM_UP.stats, errors: 3 };
    server.answer('GET /api/v2/cache/warm-up/17', { body: { ...WARM_UP, stats } });
    const partly = await cache('warm');
    expect([partly.code, partly.stdout]).toEqual([1, expect.stringContaining('310 loaded')]);
    expect(partly.stderr).toContain('3 could not be loaded');
  });
});

describe('Ctrl-C', () => {
  it('ends the waiting for a warm-up, and the session', async () => {
    const running = { id: 17, status: 'running', progress: { done: 70, total: 350 }, stats: null };
    server.answer('GET /api/v2/cache/warm-up/17', { body: running });
    const waiting = await startProcess({
      command: process.execPath,
      args: [FRESHCHAIR, 'cache', 'warm'],
      cwd: tmpdir(),
      env: {
        FRESHCHAIR_URL: server.url,
        FRESHCHAIR_API_KEY: undefined,
        ADMIN_EMAIL: EMAIL,
        ADMIN_PASSWORD: PASSWORD,
      },
      ready: /20 %/,
    });
    expect(await waiting.stop('SIGINT')).toEqual({ code: 130, signal: null });
    expect(routes().at(-1)).toBe('POST /api/auth/sign-out');
  });
});

describe('freshchair cache invalidate', () => {
  it.each([
    ['barber 3', 'barber/3', undefined],
    ['dates 2026-12-20 2026-12-31', 'date-range', { start_date: '2026-12-20', end_date: '2026-12-31' }],
    ['slots', 'all-slots', undefined],
    ['settings', 'business-settings', undefined],
  ])('%s does what it says, once it is told to', async (args, path, body) => {
    const asked = await cache(`invalidate ${args}`);
    expect(asked).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Nobody can be asked here whether it is meant: add --yes.\n',
    });
    expect(routes()).toEqual([]);
    const done = await cache(`invalidate ${args} --yes`);
    expect(done.stdout).toBe('Every day of every barber is loaded anew. (4,550 keys)\n');
    expect(server.asked).toMatchObject([{ route: `POST /api/v2/cache/invalidate/${path}`, body }]);
  });
});

describe('freshchair cache settings', () => {
  it('sets a lifetime, and takes it back', async () => {
    await cache('settings set available-slots 600');
    await cache('settings reset business-hours');
    expect(server.asked.map(({ route, body }) => [route, body])).toEqual([
      ['PUT /api/v2/cache/settings', { available_slots_ttl: 600 }],
      ['PUT /api/v2/cache/settings', { business_hours_ttl: null }],
    ]);
  });

  it('takes its options before and behind the word "set"', async () => {
    const before = await cache('settings --json set available-slots 600');
    const behind = await cache('settings set available-slots 600 --json');
    expect([before.stdout, behind.stdout]).toEqual(Array(2).fill(`${JSON.stringify(SETTINGS)}\n`));
  });
});

describe('who asks', () => {
  it('is the owner of the key, which is in no list of processes', async () => {
    await cache('stats');
    expect(server.asked).toMatchObject([{ key: KEY, token: undefined }]);
  });

  it('is else the administrator of the settings, who is signed out again', async () => {
    const { code } = await cache('stats', {
      FRESHCHAIR_API_KEY: undefined,
      ADMIN_EMAIL: EMAIL,
      ADMIN_PASSWORD: PASSWORD,
    });
    expect(code).toBe(0);
    expect(server.asked.map(({ route, token }) => [route, token !== undefined])).toEqual([
      ['POST /api/auth/sign-in/email', false],
      ['GET /api/v2/cache/stats', true],
      ['POST /api/auth/sign-out', true],
    ]);
  });

  it('is signed out also when the server refuses', async () => {
    server.answer('GET /api/v2/cache/stats', problem(403, 'forbidden', 'This is for others only.'));
    const { code } = await cache('stats', { FRESHCHAIR_API_KEY: undefined, ADMIN_PASSWORD: PASSWORD });
    expect(code).toBe(1);
    expect(routes().at(-1)).toBe('POST /api/auth/sign-out');
  });
});

describe('a server that refuses is explained in one sentence', () => {
  const STATS_ROUTE = 'GET /api/v2/cache/stats';
  const SIGN_IN = 'POST /api/auth/sign-in/email';
  const asAccount = { FRESHCHAIR_API_KEY: undefined, ADMIN_PASSWORD: PASSWORD };
  const limited = { status: 429, body: { message: 'Too many requests' }, headers: { 'retry-after': '42' } };
  const away = problem(503, 'unavailable', 'The database cannot be reached.');

  it.each([
    [
      'no key of its own',
      {},
      { FRESHCHAIR_API_KEY: 'fc_other' },
      /does not take FRESHCHAIR_API_KEY: make a new one/,
    ],
    [
      'a wrong password',
      {},
      { ...asAccount, ADMIN_PASSWORD: 'hunter22' },
      /does not take this password for admin@example\.com/,
    ],
    [
      'nobody to ask',
      {},
      { FRESHCHAIR_API_KEY: undefined },
      /^Nobody can be asked for a password here: set FRESHCHAIR_API_KEY/,
    ],
    [
      'no administrator',
      { [STATS_ROUTE]: problem(403, 'forbidden', 'This is for administrators only.') },
      asAccount,
      /^admin@example\.com may not do this \(This is for administrators only\.\) Ask as/,
    ],
    ['too many tries', { [SIGN_IN]: limited }, asAccount, /asked too often: try again in 42 s/],
    ['no Postgres', { [STATS_ROUTE]: away }, {}, /cannot reach its Postgres.*"freshchair doctor" says more/],
    ['no Postgres to sign in with', { [SIGN_IN]: away }, asAccount, /cannot reach its Postgres/],
    [
      'another shop',
      { [STATS_ROUTE]: problem(404, 'not_found', 'There is no such shop.') },
      {},
      /^There is no such shop\.$/,
    ],
    [
      'a page instead',
      { [STATS_ROUTE]: { body: '<html>' } },
      {},
      /is no Freshchair: say where it is with --url/,
    ],
    [
      'a gateway',
      { [STATS_ROUTE]: { status: 502, body: '<html>' } },
      {},
      /is no Freshchair, but an error 502/,
    ],
    [
      'another address',
      { [STATS_ROUTE]: { status: 301, body: {}, headers: { location: 'https://new.example/x' } } },
      {},
      /sends us on to https:\/\/new\.example: say so with --url/,
    ],
  ])('%s', async (_, answers, env, sentence) => {
    for (const [route, reply] of Object.entries(answers)) server.answer(route, reply);
    const { code, stdout, stderr } = await cache('stats', env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('hunter22');
  });

  it('and does not steer the terminal', async () => {
    server.answer(STATS_ROUTE, problem(400, 'bad_request', 'No.\u001b[2J'));
    expect((await cache('stats')).stderr).toBe('No.[2J\n');
  });
});

describe('what cannot be meant is refused before the server is asked', () => {
  it.each([
    ['trends --hours 169', 'a whole number from 1 to 168'],
    ['warm --days 31', 'a whole number from 1 to 30'],
    ['warm --days 3 --from 2026-12-20', 'cannot be used with'],
    ['warm --to 2026-12-20', '--to is the end of what begins with --from'],
    ['invalidate dates 2026-12-20 tomorrow --yes', 'a date like'],
    ['settings set slots 600', 'one of available-slots, barber-availability, business-hours'],
    ['settings set available-slots 0', 'a whole number from 1 to 86400'],
    ['stats --url ftp://127.0.0.1', '--url should be a URL like http://127.0.0.1:8000'],
    ['stats --url http://me:hunter2@127.0.0.1', '--url should be a URL without a login'],
  ])('%s', async (args, message) => {
    const { code, stderr } = await cache(args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hunter2');
    expect(routes()).toEqual([]);
  });
});
