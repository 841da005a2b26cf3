import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../src/calendar/time.ts';
import type { Database } from '../../src/database/schema.ts';
import { pruneWarmUps, SILENCE_LIMIT_MS } from '../../src/warming/warm-up/rows.ts';
import { createWarmUps, type WarmUps, type WarmUpsOptions } from '../../src/warming/warm-up/warm-ups.ts';
import { createGate } from '../availability/world.ts';
import { type Instance, type InstanceOptions, startInstance } from '../freshness/instances.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/waiting.ts';

const PROCESS = fileURLToPath(new URL('./warming-process.js', import.meta.url));
const FROM = '2026-11-23';
/** Three barbers of so many days are a chunk. */
const TO = addDays(FROM, 89);

let database: TestDatabase;
let db: Kysely<Database>;
let shop: TestShop;
let closers: (() => Promise<void>)[];

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  shop = await createShop(db, { barbers: ['Ana', 'Ben', 'Cem', 'Dan', 'Eva', 'Flo', 'Gus'] });
});
afterAll(() => database.close());
beforeEach(() => {
  closers = [];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

interface Server extends Instance {
  readonly warmUps: WarmUps;
}

async function startServer(options: InstanceOptions & Partial<WarmUpsOptions> = {}): Promise<Server> {
  const instance = await startInstance(database.connectionString, options);
  const { db, source } = instance;
  const log = { info: () => {}, warn: () => {} };
  const warmUps = createWarmUps({ db, source, log, noteEveryMs: 10, ...options });
  closers.push(instance.close, warmUps.close);
  return { ...instance, warmUps };
}

const order = (barberIds: readonly number[] | null = null) => ({
  shopId: shop.id,
  from: FROM,
  to: TO,
  barberIds,
});

/** Lets one load through, and holds up the next until the gate is opened. */
function holdSecondLoad() {
  const gate = createGate();
  let loads = 0;
  const wrap: InstanceOptions['wrap'] = (source) => ({
    ...source,
    async load(query, read) {
      loads += 1;
      if (loads === 2) await gate.held();
      return source.load(query, read);
    },
  });
  return { wrap, open: gate.open };
}

describe('a warm-up', () => {
  test('is seen from every instance, how far it is and how it ended', async () => {
    const { wrap, open } = holdSecondLoad();
    const [here, there] = [await startServer({ wrap }), await startServer()];
    const noted = await here.warmUps.note(here.db, order());
    expect(noted).toMatchObject({ status: 'running', from: FROM, to: TO, barberIds: null, finishedAt: null });
    const ending = here.warmUps.run(noted);

    const seen = () => there.warmUps.find(shop.id, noted.id);
    await until(async () => ((await seen())?.stats.cached ?? 0) > 0);
    expect(await seen()).toMatchObject({ status: 'running', stats: { days: 90, barbers: 7, cached: 270 } });
    open();
    const ended = await ending;
    expect(ended).toMatchObject({ status: 'done', failure: null, stats: { cached: 630, errors: 0 } });
    expect(await seen()).toEqual(ended);
    expect(ended.finishedAt).toBeInstanceOf(Date);
  });

  test('is known at its own shop alone', async () => {
    const { warmUps, db } = await startServer();
    const { id } = await warmUps.run(await warmUps.note(db, order(shop.barberIds.slice(0, 1))));
    expect(await warmUps.find(shop.id, id)).toMatchObject({ status: 'done', stats: { barbers: 1 } });
    expect(await warmUps.find((await createShop(db)).id, id)).toBeUndefined();
  });

  test('ends as failed when its server closes, with what it had done', async () => {
    const { wrap, open } = holdSecondLoad();
    const { warmUps, db } = await startServer({ wrap });
    const noted = await warmUps.note(db, order());
    const ending = warmUps.run(noted);
    await until(async () => ((await warmUps.find(shop.id, noted.id))?.stats.cached ?? 0) > 0);
    const closing = warmUps.close();
    open();
    await closing;
    const ended = await ending;
    expect(ended).toMatchObject({ status: 'failed', failure: expect.stringMatching(/server was stopped/) });
    // The load that was under way was not in vain.
    expect(ended.stats.cached).toBe(540);
    expect(await warmUps.find(shop.id, noted.id)).toEqual(ended);
  });

  test('has failed when its process was killed and has not been heard of for a while', async () => {
    const { warmUps } = await startServer();
    const worker = fork(PROCESS, [database.connectionString, String(shop.id)]);
    const gone = once(worker, 'exit');
    closers.push(async () => void worker.kill('SIGKILL'));
    const [id] = await once(worker, 'message');
    await until(async () => (await warmUps.find(shop.id, id))?.stats.cached === 1);
    worker.kill('SIGKILL');
    await gone;
    expect(await warmUps.find(shop.id, id)).toMatchObject({ status: 'running', finishedAt: null });
    const { rows } = await database.pool.query(
      `update warm_up set heartbeat_at = heartbeat_at - $1 * interval '1 ms' where id = $2 returning heartbeat_at`,
      [SILENCE_LIMIT_MS, id],
    );
    expect(await warmUps.find(shop.id, id)).toMatchObject({
      status: 'failed',
      failure: expect.stringMatching(/is gone/),
      finishedAt: rows[0].heartbeat_at,
      stats: { cached: 1 },
    });
  });

  test('is done with errors where a part could not be loaded, and failed where nothing could', async () => {
    let failures = 1;
    const gone = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    const { warmUps, db } = await startServer({
      wrap: (source) => ({
        ...source,
        async load(query, read) {
          if (failures-- > 0) throw gone;
          return source.load(query, read);
        },
      }),
    });
    const run = async () => warmUps.run(await warmUps.note(db, order()));
    expect(await run()).toMatchObject({ status: 'done', stats: { cached: 360, errors: 270 } });
    const strangers = await createShop(db, { barbers: ['Zoe'] });
    failures = 1;
    const vain = await warmUps.run(await warmUps.note(db, { ...order(), shopId: strangers.id }));
    expect(vain).toMatchObject({
      status: 'failed',
      failure: expect.stringMatching(/^Nothing could be loaded/),
    });
    expect(vain.stats).toMatchObject({ cached: 0, errors: 90 });
  });

  test('that breaks off says so in the log, and names no reason to clients', async () => {
    const warnings: unknown[] = [];
    const { warmUps, db } = await startServer({
      source: { warm: () => Promise.reject(new Error('planted')) },
      log: { info: () => {}, warn: (line: unknown) => void warnings.push(line) },
    });
    const ended = await warmUps.run(await warmUps.note(db, order()));
    expect(ended).toMatchObject({ status: 'failed', failure: 'It broke off. The log says why.' });
    expect(warnings).toEqual([{ err: new Error('planted'), warmUp: ended.id }]);
  });

  test('is forgotten after thirty days', async () => {
    const { warmUps, db } = await startServer();
    const { id, createdAt } = await warmUps.note(db, order());
    const later = createdAt.getTime() + 30 * 86_400_000;
    await pruneWarmUps(db, later - 1_000);
    expect(await warmUps.find(shop.id, id)).toBeDefined();
    expect(await pruneWarmUps(db, later + 1_000)).toBeGreaterThan(0);
    expect(await warmUps.find(shop.id, id)).toBeUndefined();
  });
});
