import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPromiseKeeper } from '../promise.ts';
import { faultsOf } from './judge.ts';
import type { Operation } from './operations.ts';
import { type Attempt, attempts } from './requests.ts';
import { openScene, type Scene } from './scene.ts';
import { inject, prepare } from './send.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20261123);
const REQUESTS = 10_000;
/** A password is hashed with each sign-up, for a tenth of a second. */
const REQUESTS_OF_ACCOUNTS = 40;
const AT_ONCE = 8;
/** Pino's number for it. */
const ERROR = 50;

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

interface Found {
  readonly fault: string;
  readonly example: string;
  times: number;
}

/** What the run met: requests, 2xx and faults. */
interface Tally {
  readonly statuses: Map<number, number>;
  readonly asked: Map<string, number>;
  readonly succeeded: Set<string>;
  readonly faults: Map<string, Found>;
}

/** As many attempts at each operation, in an order that mixes them. */
function sampled(): Attempt[] {
  const isSlow = ({ path }: Operation) => path.startsWith('/api/auth');
  const quick = scene.operations.filter((operation) => !isSlow(operation)).length;
  const each = Math.ceil(REQUESTS / quick);
  const all = scene.operations.flatMap((operation, i) =>
    fc.sample(attempts(scene.world, operation), {
      seed: SEED + i,
      numRuns: isSlow(operation) ? REQUESTS_OF_ACCOUNTS : each,
    }),
  );
  const order = fc.shuffledSubarray([...all.keys()], { minLength: all.length });
  return (fc.sample(order, { seed: SEED, numRuns: 1 })[0] ?? []).flatMap((i) => all[i] ?? []);
}

async function run(queue: readonly Attempt[]): Promise<Tally> {
  const tally: Tally = { statuses: new Map(), asked: new Map(), succeeded: new Set(), faults: new Map() };
  const keep = createPromiseKeeper(scene.server.app);
  const left = queue.values();
  const one = async (attempt: Attempt) => {
    const { operation, actor, what } = attempt;
    const request = await prepare(scene.world, scene.company, attempt);
    const answer = await inject(scene.server, request);
    const { method, url } = request;
    const { statusCode, body } = answer;
    tally.asked.set(operation.name, (tally.asked.get(operation.name) ?? 0) + 1);
    tally.statuses.set(statusCode, (tally.statuses.get(statusCode) ?? 0) + 1);
    if (statusCode < 300 && what === 'valid') tally.succeeded.add(operation.name);
    for (const fault of [...faultsOf(url, answer), ...unkept(() => keep(method, url, answer))]) {
      const name = `${operation.name.replace('/appointments', '/bookings')}: ${fault}`;
      const found = tally.faults.get(name);
      const example = `${what} by ${actor}: ${url.slice(0, 200)} ${JSON.stringify(attempt.plan.body)?.slice(0, 500)} -> ${body.slice(0, 500)}`;
      if (found === undefined) tally.faults.set(name, { fault: name, example, times: 1 });
      else found.times++;
    }
  };
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const attempt of left) await one(attempt);
    }),
  );
  return tally;
}

/** What the OpenAPI document did not promise. */
function unkept(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message.replace(/^\S+ \S+ /, '').slice(0, 300) : String(error)];
  }
}

test('whatever is asked, every answer is one that the OpenAPI document promises, and none is a fault of ours', async () => {
  const before = await versions();
  const queue = sampled();
  const tally = await run(queue);
  const classes = [2, 3, 4, 5].map((digit) => {
    const those = [...tally.statuses].filter(([status]) => Math.floor(status / 100) === digit);
    return `${digit}xx ${those.reduce((sum, [, times]) => sum + times, 0)}`;
  });
  console.info(`fuzz: seed ${SEED}, ${queue.length} requests, ${classes.join(', ')}`);

  expect([...tally.faults.values()]).toEqual([]);
  expect(scene.server.logged().filter(({ level }) => Number(level) >= ERROR)).toEqual([]);
  expect(queue.length).toBeGreaterThanOrEqual(REQUESTS);
  expect(scene.operations.map(({ name }) => name).filter((name) => !tally.asked.has(name))).toEqual([]);
  expect(scene.operations.map(({ name }) => name).filter((name) => !tally.succeeded.has(name))).toEqual([]);
  await expectSound(before);
}, 600_000);

async function versions(): Promise<Map<string, number>> {
  const { rows } = await scene.server.database.pool.query(
    `select concat_ws(' ', shop_id, barber_id, day) as key, version::float from availability_version
     union all select 'booking ' || id, version from booking`,
  );
  return new Map(rows.map(({ key, version }) => [key, version]));
}

async function expectSound(before: ReadonlyMap<string, number>): Promise<void> {
  const { pool } = scene.server.database;
  const after = await versions();
  for (const [key, version] of before) expect(after.get(key)).toBeGreaterThanOrEqual(version);
  const overlapping = await pool.query(
    `select a.id, b.id from booking a join booking b
       on a.barber_id = b.barber_id and a.id < b.id and a.occupied && b.occupied
     where a.status in ('held', 'confirmed', 'completed') and b.status in ('held', 'confirmed', 'completed')`,
  );
  expect(overlapping.rows).toEqual([]);
  const shops = await pool.query('select slug from shop order by id');
  expect(shops.rows.length).toBeGreaterThan(2);
  for (const { slug } of shops.rows)
    for (const path of [
      'shop',
      'services',
      'barbers',
      'bookings/available-days?from=2026-11-24&to=2027-01-20',
    ]) {
      const answer = await scene.server.send(
        'GET',
        `/api/v2/${path}${path.includes('?') ? '&' : '?'}shop=${slug}`,
      );
      expect([slug, path, answer.statusCode]).toEqual([slug, path, 200]);
    }
}
