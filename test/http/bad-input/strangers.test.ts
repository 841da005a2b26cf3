import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentsOf } from '../../support/contents.ts';
import { createShop } from '../../support/shop.ts';
import { type Extra, startTestServer, type TestServer } from '../server.ts';
import { refuses, told } from './refusals.ts';

const BOOKINGS = '/api/v2/bookings';
const GOOD = { date: '2026-11-24', time: '10:00', service: 'Haircut' };

let server: TestServer;
let tokens: Record<'ada' | 'eve', string>;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
  tokens = { ada: await server.signUp(), eve: await server.signUp() };
});
afterAll(() => server.close());

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
    await refuses(server, [
      ...all(id, { token: tokens.eve }, NOT_FOUND),
      ...all(2_147_483_647, { token: tokens.eve }, NOT_FOUND),
      ...['0', '-1', '1.5', '2147483648', 'x', '1e-3'].flatMap((bad) =>
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
    for (const token of [old, `${tokens.ada}x`, `x${tokens.ada}`, 'never-was', 'x'.repeat(5_000)])
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
    await refuses(server, [
      ...all(id, by(`A${manage_token.slice(1)}-`), NOT_FOUND),
      ...all(id, by('never was'), NOT_FOUND),
      ...all(id, by('x'.repeat(101)), '400 validation_failed, /x-manage-token validation_failed'),
    ]);
  });

  test('a hold token that was tampered with holds nothing, and an invitation invites nobody', async () => {
    const release = (token: string) => () => server.send('DELETE', `${BOOKINGS}/hold/${token}`);
    const accept = (body: object) => () =>
      server.send('POST', '/api/v2/invitations/accept', { token: tokens.eve, body });
    await refuses(server, [
      ['hold', release('never-was'), '404 not_found, /hold_token not_found'],
      ['hold', release('%F0%9F%92%88'), '404 not_found, /hold_token not_found'],
      ['hold', release('%00'), '400 validation_failed, /hold_token validation_failed'],
      ['invitation', accept({ token: 'never-was' }), '400 validation_failed, /token validation_failed'],
      ['invitation', accept({ token: 5 }), '400 validation_failed, /token validation_failed'],
      ['invitation', accept({}), '400 validation_failed, /token validation_failed'],
    ]);
  });
});
