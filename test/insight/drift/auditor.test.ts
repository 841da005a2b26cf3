import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Inspection } from '../../../src/availability/cache/inspection.ts';
import { targetOf } from '../../../src/availability/cache/keys.ts';
import type { Loaded } from '../../../src/availability/source.ts';
import { createDriftAuditor, type DriftAuditor } from '../../../src/insight/drift/auditor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const NOW = Date.now();
const KEY = 'fc:{shop:7}:rules';
const RULES: Loaded<object> = { value: { id: 7 }, versions: { shop: 2, barber: 0, day: 0 }, loadedAt: 1 };

let database: TestDatabase;
let history: string | undefined;
/** What a strong look at Postgres says that it is. */
let present: string;
let truth: () => Promise<Loaded<object>>;
/** How often it was asked whether changes are seen. */
let asked: number;
let looks: number;
let errors: number;
let warnings: number;
let auditor: DriftAuditor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.pool.query('truncate cache_drift');
  [history, present, asked, looks, errors, warnings] = ['now', 'now', 0, 0, 0, 0];
  truth = async () => ({ ...RULES, versions: { shop: 1, barber: 0, day: 0 } });
  const found = targetOf(KEY);
  if (found === undefined) throw new Error('It is one of ours');
  const inspection: Inspection = {
    history() {
      asked += 1;
      return history;
    },
    sample: () => [found],
    look: async () => {
      looks += 1;
      return [{ tier: 'process', target: found.target, loaded: RULES }];
    },
    current: async () => ({ history: present, versions: RULES.versions, at: 1 }),
  };
  auditor = createDriftAuditor({
    source: { inspection, invalidate: async () => 0, now: () => NOW },
    truth: {
      load: () => [],
      find: () => undefined,
      rules: (async () => truth()) as never,
      schedules: () => [],
    },
    db: database.db,
    log: { warn: () => void warnings++, error: () => void errors++ },
    instance: 'one',
    random: () => 0.5,
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await auditor.close();
});

describe('the auditor', () => {
  test('takes versions that Postgres never had for drift', async () => {
    expect(await auditor.audit()).toBe(1);
    expect([errors, auditor.driftState().found24h]).toEqual([1, 1]);
  });

  test('but not where Postgres was replaced by a backup meanwhile, which the feed has yet to notice', async () => {
    present = 'before';
    await auditor.audit();
    expect([errors, auditor.driftState().found24h]).toEqual([0, 0]);
  });

  test('looks at nothing while changes are not seen', async () => {
    history = undefined;
    expect(await auditor.audit()).toBe(0);
    expect(looks).toBe(0);
  });

  test('says nothing while Postgres is away, and goes on when it is back', async () => {
    truth = () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
    expect(await auditor.audit()).toBe(0);
    expect([errors, warnings]).toEqual([0, 0]);
    truth = async () => RULES;
    expect(await auditor.audit()).toBe(1);
    expect(auditor.driftState()).toEqual({
      found24h: 0,
      lastFoundAt: null,
      lastAuditAt: NOW,
      audited: 1,
    });
  });

  test('counts what it found though that cannot be recorded, and records it when it can', async () => {
    await database.pool.query('alter table cache_drift rename to elsewhere');
    await auditor.audit();
    expect([errors, warnings]).toEqual([1, 1]);
    expect(auditor.driftState()).toMatchObject({ found24h: 1, lastFoundAt: NOW });
    await database.pool.query('alter table elsewhere rename to cache_drift');
    truth = async () => RULES;
    await auditor.audit();
    const { rows } = await database.pool.query('select instance, key from cache_drift');
    expect(rows).toEqual([{ instance: 'one', key: KEY }]);
  });

  test('works by itself every ten seconds, until it is closed', async () => {
    history = undefined;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    auditor.start();
    auditor.start();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(asked).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toBe(3);
    await auditor.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(3);
    expect(vi.getTimerCount()).toBe(0);
  });
});
