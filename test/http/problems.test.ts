import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let token: string;
const CREATE = '/api/v2/bookings/create';

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
  token = await server.signUp();
});
afterAll(() => server.close());

function faults(answer: LightMyRequestResponse) {
  const errors: { pointer: string; code: string }[] = answer.json().errors;
  return errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();
}

test('a problem is RFC 9457, with a stable code', async () => {
  const answer = await server.send('GET', '/nowhere');
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is no GET /nowhere here.',
    code: 'not_found',
  });
});

test('a method that a path does not have is not found', async () => {
  const answer = await server.send('PUT', '/api/v2/shop');
  expect(answer.statusCode).toBe(404);
  expect(answer.json().code).toBe('not_found');
});

test('what was in the query of an unknown path is not repeated', async () => {
  const answer = await server.send('GET', '/nowhere?token=very-secret');
  expect(answer.body).not.toContain('very-secret');
});

describe('a request that is wrong', () => {
  test('in one way gives that code and lists it', async () => {
    const answer = await server.send(
      'GET',
      '/api/v2/bookings/available-slots?target_date=2026-11-23&service=Opera',
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('unknown_service');
    expect(faults(answer)).toEqual(['/service unknown_service']);
  });

  test('in several ways gives validation_failed and lists every fault', async () => {
    const body = { date: '2026-02-30', time: '25:00', service: 'Opera', timezone: 'Mars/Olympus' };
    const answer = await server.send('POST', CREATE, { token, body });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('validation_failed');
    expect(faults(answer)).toEqual([
      '/date validation_failed',
      '/service unknown_service',
      '/time validation_failed',
      '/timezone unknown_timezone',
    ]);
  });

  test('by wrong types, missing and unknown fields lists every one of them', async () => {
    const body = { date: 5, barber_id: '1', colour: 'red', 'a/b~c': 1 };
    const answer = await server.send('POST', CREATE, { token, body });
    expect(answer.statusCode).toBe(400);
    expect(faults(answer)).toEqual([
      '/a~1b~0c validation_failed',
      '/barber_id validation_failed',
      '/colour validation_failed',
      '/date validation_failed',
      '/service validation_failed',
    ]);
  });

  test('by its shape is also told of dates, times and zones that do not exist', async () => {
    const body = { date: '2026-02-30', time: '7pm', timezone: 'Mars/Olympus', service: 5 };
    expect(faults(await server.send('POST', CREATE, { token, body }))).toEqual([
      '/date validation_failed',
      '/service validation_failed',
      '/time validation_failed',
      '/timezone unknown_timezone',
    ]);
  });

  test('by a parameter that is unknown, repeated or no number is told so', async () => {
    const answer = await server.send(
      'GET',
      '/api/v2/bookings/available-slots?target_date=2026-11-23&barber=1&barber_id=two&service=a&service=b',
    );
    expect(faults(answer)).toEqual([
      '/barber validation_failed',
      '/barber_id validation_failed',
      '/service validation_failed',
    ]);
  });

  test('at a parameter of a read is told the name of that parameter', async () => {
    const url =
      '/api/v2/bookings/available-slots?target_date=tomorrow&user_timezone=Mars/Olympus&barber_id=99999';
    expect(faults(await server.send('GET', url))).toEqual([
      '/barber_id not_found',
      '/target_date validation_failed',
      '/user_timezone unknown_timezone',
    ]);
  });

  test.each(['abc', '0', '-1', '1.5', '99999999999'])('by the id %s is told so', async (id) => {
    const answer = await server.send('GET', `/api/v2/bookings/${id}`, { token });
    expect(answer.statusCode).toBe(400);
    expect(faults(answer)).toEqual(['/id validation_failed']);
  });

  test.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['cursor=x', '/cursor'],
    ['status=held', '/status'],
  ])('by the page ?%s is told so', async (query, pointer) => {
    const answer = await server.send('GET', `/api/v2/bookings?${query}`, { token });
    expect(answer.statusCode).toBe(400);
    expect(faults(answer)).toEqual([`${pointer} validation_failed`]);
  });

  test('by a character that no text can keep is refused', async () => {
    const body = { date: '2026-11-23', time: '10:00', service: 'Haircut', notes: 'a\u0000b' };
    const answer = await server.send('POST', CREATE, { token, body });
    expect(answer.statusCode).toBe(400);
    expect(faults(answer)).toEqual(['/notes validation_failed']);
  });
});

describe('a body', () => {
  const headers = { 'content-type': 'application/json' };

  test.each([
    ['that is not JSON', '{"date":'],
    ['that is a list', '[]'],
    ['that is a text', '"x"'],
    ['that is null', 'null'],
    ['that poisons prototypes', '{"__proto__": {"admin": true}}'],
  ])('%s is refused', async (_what, body) => {
    const answer = await server.send('POST', CREATE, { token, body, headers });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('validation_failed');
  });

  test('that is missing is refused', async () => {
    const answer = await server.send('POST', CREATE, { token });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('validation_failed');
  });

  test('of another type is refused with 415', async () => {
    const answer = await server.send('POST', CREATE, {
      token,
      body: 'date=2026-11-23',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.statusCode).toBe(415);
    expect(answer.json().code).toBe('unsupported_media_type');
  });

  test('that is too large is refused with 413', async () => {
    const answer = await server.send('POST', CREATE, { token, body: { notes: 'x'.repeat(70_000) } });
    expect(answer.statusCode).toBe(413);
    expect(answer.json().code).toBe('payload_too_large');
  });
});

test('a path that cannot be decoded is a problem as well', async () => {
  const answer = await server.send('GET', '/api/v2/%');
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

test('a shop that does not exist is not found, wherever it is named', async () => {
  const body = { date: '2026-11-23', time: '10:00', service: 'Haircut', shop: 'elsewhere' };
  const answers = await Promise.all([
    server.send('GET', '/api/v2/shop?shop=elsewhere'),
    server.send('GET', '/api/v2/services?shop=elsewhere'),
    server.send('GET', '/api/v2/barbers?shop=elsewhere'),
    server.send('GET', '/api/v2/me?shop=elsewhere', { token }),
    server.send('GET', '/api/v2/bookings/available-slots?target_date=2026-11-23&shop=elsewhere'),
    server.send('GET', '/api/v2/bookings/available-days?from=2026-11-23&to=2026-11-24&shop=elsewhere'),
    server.send('GET', '/api/v2/bookings/next-available?shop=elsewhere'),
    server.send('POST', CREATE, { token, body }),
  ]);
  for (const answer of answers) {
    expect(answer.statusCode).toBe(404);
    expect(faults(answer)).toEqual(['/shop not_found']);
  }
});
