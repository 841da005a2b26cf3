import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { command, picked } from '../commands.ts';
import { judge } from '../decisions.ts';
import { isLive, type Shop } from '../shop.ts';
import { clearLapsed, expectAnswer, takenBy } from './record.ts';
import { asking, targetOf } from './wishes.ts';

const HOLDS_PER_VISITOR = 2;

const hold = command({
  name: 'hold',
  parameters: fc.record({ asking, visitor: fc.constantFrom('ada', 'ben') }),
  async run(shop, servers, { asking, visitor }, process) {
    const { service, barberId, at, body } = targetOf(shop, asking);
    const verdict = judge(shop, { service, barberId, at });
    const held = shop.holds.filter((other) => isLive(other) && other.visitor === visitor).length;
    const isThird = held >= HOLDS_PER_VISITOR;
    const answer = await servers.send(process, 'POST', '/bookings/hold', { as: visitor, body });
    expectAnswer(answer, verdict.refusal ?? (isThird ? '429 rate_limited' : '201'));
    const [first] = verdict.free;
    if (first === undefined || isThird) return;
    const made: { hold_token: string; barber_id: number } = JSON.parse(answer.text);
    expect(made.barber_id, 'the barber who is held').toBe(first.barber.id);
    const taken = takenBy(shop, first, at);
    clearLapsed(shop, taken);
    shop.holds.push({ ...taken, token: made.hold_token, service, visitor, lapsed: false });
  },
});

const release = command({
  name: 'release',
  parameters: fc.nat(5),
  isPossible: ({ holds }) => holds.length > 0,
  async run(shop, servers, pick, process) {
    const { token, lapsed } = picked(shop.holds, pick);
    const answer = await servers.send(process, 'DELETE', `/bookings/hold/${token}`);
    expectAnswer(answer, lapsed ? '404 not_found' : '204');
    if (!lapsed) shop.holds = shop.holds.filter((other) => other.token !== token);
  },
});

/** Its end is moved to a moment from now; when that has passed, nobody writes. */
const lapse = command({
  name: 'lapse',
  parameters: fc.nat(5),
  isPossible: ({ holds }) => holds.some(isLive),
  async run(shop: Shop, servers, pick) {
    const { token } = picked(shop.holds.filter(isLive), pick);
    const { db } = servers.database;
    await sql`
      update booking set lapses_at = clock_timestamp() + interval '30 milliseconds'
      where hold_token_hash = sha256(${token}::bytea)`.execute(db);
    for (let isOver = false; !isOver; ) {
      const { rows } = await sql<{ over: boolean }>`
        select lapses_at <= clock_timestamp() as over from booking
        where hold_token_hash = sha256(${token}::bytea)`.execute(db);
      isOver = rows[0]?.over ?? true;
    }
    shop.holds = shop.holds.map((other) => (other.token === token ? { ...other, lapsed: true } : other));
    return { by: undefined, byTheClock: true };
  },
});

export const holdSteps = [hold, release, lapse];
