import { afterAll, beforeAll, describe, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { type Extra, startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';
import { refuses } from './refusals.ts';

const GOOD = { date: '2026-11-24', time: '10:00', service: 'Haircut' };

let server: TestServer;
let shop: TestShop;
let tokens: Record<'client' | 'admin', string>;
/** A barber of another shop. */
let elsewhere: number;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.database;
  const services: Record<string, [number]> = { Haircut: [30], Shave: [30] };
  shop = await createShop(db, { barbers: ['Ana', 'Ben'], services, settings: { horizon_days: 30 } });
  const [ana = 0] = shop.barberIds;
  await db
    .deleteFrom('barber_service')
    .where('barber_id', '=', ana)
    .where('service_id', '=', shop.serviceIds.Shave ?? 0)
    .execute();
  elsewhere = (await createShop(db)).barberIds[0] ?? 0;
  const admin = await appoint(server, { shop: shop.id, role: 'admin' });
  tokens = { client: await server.signUp(), admin };
});
afterAll(() => server.close());

/** Every way to ask for a time, with what it needs beside it. */
const WAYS: [path: string, needs: object, who?: 'client' | 'admin'][] = [
  ['/api/v2/bookings/create', {}, 'client'],
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
    await refuses(server, [
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
      ['beyond all calendars', wrong({ start: '9999-12-31T23:59:59Z' }), at('/start')],
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
    await refuses(server, [
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

  if (!path.endsWith('/hold')) {
    test('refuses a note that is too long, counted in characters', async () => {
      await refuses(server, [['2,001 emoji', wrong({ notes: '💈'.repeat(2_001) }), at('/notes')]]);
    });
  }
});
