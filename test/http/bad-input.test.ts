import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentsOf } from '../support/contents.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { type Extra, startTestServer, type TestServer } from './server.ts';
import { appoint } from './staff.ts';

const BOOKINGS = '/api/v2/bookings';
const GOOD = { date: '2026-11-24', time: '10:00', service: 'Haircut' };

let server: TestServer;
let shop: TestShop;
/** Who asks: a client, another one, an administrator. */
let tokens: Record<'ada' | 'eve' | 'admin', string>;
let elsewhere: number;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.database;
  shop = await createShop(db, {
    barbers: ['Ana', 'Ben'],
    services: { Haircut: [30], Shave: [30] },
    settings: { horizon_days: 30 },
  });
  const [ana = 0] = shop.barberIds;
  await db
    .deleteFrom('barber_service')
    .where('barber_id', '=', ana)
    .where('service_id', '=', shop.serviceIds.Shave ?? 0)
    .execute();
  elsewhere = (await createShop(db)).barberIds[0] ?? 0;
  tokens = {
    ada: await server.signUp(),
    eve: await server.signUp(),
    admin: await appoint(server, { shop: shop.id, role: 'admin' }),
  };
});
afterAll(() => server.close());

type Answer = Awaited<ReturnType<TestServer['send']>>;

/** `400 validation_failed: /date validation_failed, …`; every refusal is a problem document. */
function told(answer: Answer): string {
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const { status, code, detail, errors = [] } = answer.json();
  expect([status, typeof detail]).toEqual([answer.statusCode, 'string']);
  const faults = errors.map((fault: { pointer: string; code: string }) => `${fault.pointer} ${fault.code}`);
  if (faults.length === 1) expect(faults[0]).toMatch(new RegExp(` ${code}$`));
  return [`${status} ${code}`, ...faults.sort()].join(', ');
}

/** Sends what is bad in turn, and compares what it is told; afterwards every table is as it was before. */
async function refuses(
  cases: readonly (readonly [what: string, answer: () => Promise<Answer>, told: string])[],
) {
  const before = await contentsOf(server.database.db);
  const answers: string[][] = [];
  for (const [what, ask] of cases) answers.push([what, told(await ask())]);
  expect(answers).toEqual(cases.map(([what, , expected]) => [what, expected]));
  expect(await contentsOf(server.database.db)).toEqual(before);
}

/** Every way to ask for a time, with what it needs beside it. */
const WAYS: [path: string, needs: object, who?: 'ada' | 'admin'][] = [
  ['/api/v2/bookings/create', {}, 'ada'],
  ['/api/v2/bookings/guest', { name: 'Ada', email: 'ada@example.com' }],
  ['/api/v2/bookings/hold', {}],
  ['/api/v2/staff/bookings', { name: 'Ada' }, 'admin'],
];

describe.each(WAYS)('POST %s', (path, needs, who) => {
  const post = (body: object | string, headers = {}) => {
    const extra: Extra = { body, headers };
    return server.send('POST', path, who === undefined ? extra : { ...extra, token: tokens[who] });
  };
  const wrong = (more: object) => () => post({ ...GOOD, ...needs, ...more });
  const json = { 'content-type': 'application/json' };
  const at = (...pointers: string[]) =>
    ['400 validation_failed', ...pointers.map((pointer) => `${pointer} validation_failed`)].join(', ');

  test('refuses times, places and people that are not, and changes nothing', async () => {
    await refuses([
      ['unknown zone', wrong({ timezone: 'Mars/Base' }), '400 unknown_timezone, /timezone unknown_timezone'],
      ['zone by offset', wrong({ timezone: 'UTC+3' }), '400 unknown_timezone, /timezone unknown_timezone'],
      ['impossible date', wrong({ date: '2026-13-01' }), at('/date')],
      ['30 February', wrong({ date: '2027-02-30' }), at('/date')],
      ['date of another form', wrong({ date: '24.11.2026' }), at('/date')],
      ['impossible time', wrong({ time: '24:00' }), at('/time')],
      ['impossible instant', wrong({ start: '2027-02-30T10:00:00Z' }), at('/start')],
      ['instant without offset', wrong({ start: '2026-11-24T10:00:00' }), at('/start')],
      ['neither date nor time', () => post({ ...needs, service: 'Haircut' }), at('/date')],
      ['beyond the horizon', wrong({ date: '2031-01-06' }), '400 too_far_ahead, /date too_far_ahead'],
      ['centuries ahead', wrong({ start: '9999-12-31T23:59:59Z' }), '400 too_far_ahead, /date too_far_ahead'],
      ['long gone', wrong({ date: '1970-01-05' }), '400 notice_too_short, /time notice_too_short'],
      ['after hours', wrong({ time: '20:00' }), '400 outside_hours, /time outside_hours'],
      ['unaligned', wrong({ time: '10:07' }), at('/time')],
      ['barber of another shop', wrong({ barber_id: elsewhere }), '404 not_found, /barber_id not_found'],
      ['unknown service', wrong({ service: 'Opera' }), '400 unknown_service, /service unknown_service'],
      ['service in emoji', wrong({ service: '💈' }), '400 unknown_service, /service unknown_service'],
      ['service right to left', wrong({ service: 'حلاقة' }), '400 unknown_service, /service unknown_service'],
      [
        'service that barber does not offer',
        wrong({ service: 'Shave', barber_id: shop.barberIds[0] }),
        '400 unknown_service, /service unknown_service',
      ],
      ['unknown shop', wrong({ shop: 'nowhere' }), '404 not_found, /shop not_found'],
    ]);
  });

  test('refuses numbers, texts and bodies of no use, and changes nothing', async () => {
    const number = (literal: string) => () =>
      post(
        JSON.stringify({ ...GOOD, ...needs, barber_id: 0 }).replace(
          '"barber_id":0',
          `"barber_id":${literal}`,
        ),
        json,
      );
    await refuses([
      ...['-1', '0', '1.5', '2147483648', '99999999999999999999', '1e400', '"1"', 'null', 'true', '[1]'].map(
        (literal) => [`barber ${literal}`, number(literal), at('/barber_id')] as const,
      ),
      ['date that is a number', wrong({ date: 20261124 }), at('/date')],
      ['service that is an object', wrong({ service: { name: 'Haircut' } }), at('/service')],
      ['empty service', wrong({ service: '' }), at('/service')],
      ['U+0000', wrong({ service: 'Hair\u0000cut' }), at('/service')],
      ['unknown field', wrong({ colour: 'red' }), at('/colour')],
      ['prototype', () => post(`{"__proto__": {"role": "admin"}}`, json), at('')],
      ['a list', () => post('[]', json), at('')],
      ['a text', () => post('"10:00"', json), at('')],
      ['null', () => post('null', json), at('')],
      ['no JSON', () => post('{"date":', json), at('')],
      [
        'another type',
        () => post('date=2026-11-24', { 'content-type': 'text/plain' }),
        '415 unsupported_media_type',
      ],
      ['a note of 1 MB', wrong({ notes: 'x'.repeat(1_048_576) }), '413 payload_too_large'],
      [
        'several at once',
        wrong({
          date: '2027-02-30',
          time: '7pm',
          timezone: 'Mars/Base',
          service: 'Opera',
          barber_id: elsewhere,
        }),
        `${at('/date', '/time').replace(/, \/date.*/, '')}, ${[
          '/barber_id not_found',
          '/date validation_failed',
          '/service unknown_service',
          '/time validation_failed',
          '/timezone unknown_timezone',
        ].join(', ')}`,
      ],
      [
        'several of another shape at once',
        wrong({ date: '2027-02-30', barber_id: -1, timezone: 'Mars/Base', colour: 'red' }),
        [
          '400 validation_failed',
          '/barber_id validation_failed',
          '/colour validation_failed',
          '/date validation_failed',
          '/timezone unknown_timezone',
        ].join(', '),
      ],
    ]);
  });

  test.runIf(!path.endsWith('/hold'))('refuses a note that is too long, counted in characters', async () => {
    await refuses([['2,001 emoji', wrong({ notes: '💈'.repeat(2_001) }), at('/notes')]]);
  });
});

describe('what is somebody else’s, or nobody’s', () => {
  const NOT_FOUND = '404 not_found, /id not_found';
  const UNAUTHENTICATED = '401 unauthenticated';

  /** Everything that can be asked of one booking. */
  const about = (id: number | string, extra: Extra) =>
    (
      [
        ['GET', '', undefined],
        ['GET', '/history', undefined],
        ['PATCH', '', { time: '12:00' }],
        ['POST', '/cancel', undefined],
        ['POST', '/complete', undefined],
        ['POST', '/no-show', undefined],
      ] as const
    ).map(([method, path, body]) => {
      const url = `${BOOKINGS}/${id}${path}`;
      return [
        `${method} ${path}`,
        () => server.send(method, url, body ? { ...extra, body } : extra),
      ] as const;
    });
  const all = (id: number | string, extra: Extra, expected: string) =>
    about(id, extra).map(([what, ask]) => [what, ask, expected] as const);

  test('a booking is not found, and a number that is none is refused', async () => {
    const { id } = (
      await server.send('POST', `${BOOKINGS}/create`, { token: tokens.ada, body: { ...GOOD, time: '15:00' } })
    ).json();
    await refuses([
      ...all(id, { token: tokens.eve }, NOT_FOUND),
      ...all(2_147_483_647, { token: tokens.eve }, NOT_FOUND),
      ...['0', '-1', '1.5', '2147483648', 'x', '1e3'].flatMap((bad) =>
        all(bad, { token: tokens.eve }, '400 validation_failed, /id validation_failed'),
      ),
    ]);
  });

  test('a session that has expired, was tampered with or never was is nobody’s', async () => {
    const old = await server.signUp();
    const { id } = (
      await server.send('POST', `${BOOKINGS}/create`, { token: old, body: { ...GOOD, time: '15:30' } })
    ).json();
    await sql`update session set "expiresAt" = now() - interval '1 day' where token = ${old.split('.')[0]}`.execute(
      server.database.db,
    );
    const before = await contentsOf(server.database.db);
    const answers: string[] = [];
    for (const token of [old, `${tokens.ada}x`, `x${tokens.ada}`, 'never-was', '💈'.repeat(3) && 'é'])
      for (const [, ask] of about(id, { token })) answers.push(told(await ask()));
    for (const headers of [
      { 'x-api-key': 'never-was' },
      { cookie: 'better-auth.session_token=forged.forged' },
    ])
      for (const [, ask] of about(id, { headers })) answers.push(told(await ask()));
    expect(new Set(answers)).toEqual(new Set([UNAUTHENTICATED]));
    // Only the expired session itself may be gone.
    const { session: _, ...rest } = await contentsOf(server.database.db);
    expect(before).toMatchObject(rest);
  });

  test('a manage token that was tampered with, or is too long, opens nothing', async () => {
    const body = { ...GOOD, time: '16:00', name: 'Ada', email: 'ada@example.com' };
    const { id, manage_token } = (await server.send('POST', `${BOOKINGS}/guest`, { body })).json();
    const by = (token: string) => ({ headers: { 'x-manage-token': token } });
    await refuses([
      ...all(id, by(`A${manage_token.slice(1)}-`), NOT_FOUND),
      ...all(id, by('never was'), NOT_FOUND),
      ...all(id, by('x'.repeat(101)), '400 validation_failed, /x-manage-token validation_failed'),
    ]);
  });

  test('a hold token that was tampered with holds nothing, and an invitation invites nobody', async () => {
    const release = (token: string) => () => server.send('DELETE', `${BOOKINGS}/hold/${token}`);
    const accept = (body: object) => () =>
      server.send('POST', '/api/v2/invitations/accept', { token: tokens.eve, body });
    await refuses([
      ['hold', release('never-was'), '404 not_found, /hold_token not_found'],
      ['hold', release('%F0%9F%92%88'), '404 not_found, /hold_token not_found'],
      ['hold', release('x'.repeat(101)), '400 validation_failed, /hold_token validation_failed'],
      ['hold', release('%00'), '400 validation_failed, /hold_token validation_failed'],
      ['invitation', accept({ token: 'never-was' }), '400 validation_failed, /token validation_failed'],
      ['invitation', accept({ token: 5 }), '400 validation_failed, /token validation_failed'],
      ['invitation', accept({}), '400 validation_failed, /token validation_failed'],
    ]);
  });
});

test('reads refuse it as well, each by the name of the parameter', async () => {
  const read =
    (url: string, extra: Extra = {}) =>
    () =>
      server.send('GET', url, extra);
  const admin = { token: tokens.admin };
  await refuses([
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2027-02-30`),
      '400 validation_failed, /target_date validation_failed',
    ],
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2026-11-24&user_timezone=Mars/Base`),
      '400 unknown_timezone, /user_timezone unknown_timezone',
    ],
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2026-11-24&barber_id=${elsewhere}`),
      '404 not_found, /barber_id not_found',
    ],
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2026-11-24&barber_id=1e99`),
      '400 validation_failed, /barber_id validation_failed',
    ],
    [
      'days',
      read(`${BOOKINGS}/available-days?from=2026-11-24&to=2027-11-24`),
      '400 validation_failed, /to validation_failed',
    ],
    [
      'days',
      read(`${BOOKINGS}/available-days?from=2026-11-24&to=2026-11-23`),
      '400 validation_failed, /to validation_failed',
    ],
    ['next', read(`${BOOKINGS}/next-available?from=soon`), '400 validation_failed, /from validation_failed'],
    [
      'calendar',
      read('/api/v2/staff/calendar?from=2027-02-30&to=2027-03-01', admin),
      '400 validation_failed, /from validation_failed',
    ],
    [
      'calendar',
      read('/api/v2/staff/calendar?from=2026-01-01&to=2026-12-31', admin),
      '400 validation_failed, /to validation_failed',
    ],
    [
      'calendar',
      read('/api/v2/staff/calendar', admin),
      '400 validation_failed, /from validation_failed, /to validation_failed',
    ],
    ['clients', read('/api/v2/staff/clients', admin), '400 validation_failed, /query validation_failed'],
    [
      'clients',
      read('/api/v2/staff/clients?query=%00', admin),
      '400 validation_failed, /query validation_failed',
    ],
    [
      'clients',
      read('/api/v2/staff/clients?query=a&limit=0&cursor=-1', admin),
      '400 validation_failed, /cursor validation_failed, /limit validation_failed',
    ],
  ]);
});
