import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openJobQueue } from '../../src/warming/job-queue.ts';
import { createSchedule, type Schedule, type ScheduledJob } from '../../src/warming/schedule.ts';
import { type RunningProcess, startProcess } from '../support/processes.ts';
import { startProxy } from '../support/proxy.ts';
import { clockAt } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/waiting.ts';

let database: TestDatabase;
const opened: Schedule[] = [];
const started: RunningProcess[] = [];
let jobs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const schedule of opened.splice(0)) await schedule.close();
  for (const process of started.splice(0)) await process.killTree();
});
afterAll(() => database.close());

const NOON = Date.parse('2026-11-23T12:00:00Z');
const minute = (n: number) => new Date(NOON + n * 60_000).toISOString();

interface Line {
  readonly level: string;
  readonly text: string;
}

/** An instance with one job, and a clock of its own. */
function openInstance(job: Partial<ScheduledJob> & Pick<ScheduledJob, 'run'>, url?: string) {
  const clock = clockAt(minute(0));
  const lines: Line[] = [];
  const say = (level: string) => (first: unknown, second?: string) =>
    void lines.push({ level, text: typeof first === 'string' ? first : String(second) });
  const schedule = createSchedule({
    queue: openJobQueue(url ?? database.connectionString),
    jobs: [{ name: 'job', everyMinutes: 1, ...job }],
    clock,
    log: { info: say('info'), warn: say('warn'), error: say('error') },
    retryMs: 20,
  });
  opened.push(schedule);
  return { schedule, clock, lines };
}

const aJob = () => `job-${++jobs}`;

describe('instances on one database', () => {
  test('never run one tick twice, and leave none out, though their clocks differ', async () => {
    const name = aJob();
    const runs: number[] = [];
    const instances = Array.from({ length: 4 }, () => {
      return openInstance({
        name,
        run: async (_signal, tick) => void runs.push(tick),
      });
    });
    for (let tick = 0; tick < 25; tick++) {
      for (const [i, { clock }] of instances.entries())
        clock.set(new Date(NOON + tick * 60_000 + i * 700).toISOString());
      await Promise.all(instances.map(({ schedule }) => schedule.tick()));
      // The last one is late, and asks for it once more.
      await instances[3]?.schedule.tick();
    }
    const first = NOON / 60_000;
    expect(runs.sort()).toEqual(Array.from({ length: 25 }, (_, i) => first + i));
  });

  test('that start at once on a new database all have their queues', async () => {
    const names = Array.from({ length: 5 }, aJob);
    const queues = Array.from({ length: 8 }, () => openJobQueue(database.connectionString));
    await Promise.all(queues.map((queue) => queue.open(names)));
    const offers = await Promise.all(queues.flatMap((queue) => names.map((name) => queue.offer(name, 1))));
    expect(offers.filter((isTaken) => isTaken)).toHaveLength(names.length);
    await Promise.all(queues.map((queue) => queue.close()));
  });

  test('ask Postgres once for each tick, whatever became of it', async () => {
    const queue = openJobQueue(database.connectionString);
    const offered: number[] = [];
    const schedule = createSchedule({
      queue: {
        ...queue,
        offer(name, tick) {
          offered.push(tick);
          return queue.offer(name, tick);
        },
      },
      jobs: [],
      clock: clockAt(minute(0)),
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    opened.push(schedule);
    for (let n = 0; n < 3; n++) await schedule.tick();
    expect(offered).toEqual([NOON / 3_600_000]);
  });

  test('an instance that starts again within a tick does not run it again', async () => {
    const job = { name: aJob(), everyMinutes: 1_440, run: async () => void runs++ };
    let runs = 0;
    await openInstance(job).schedule.tick();
    const again = openInstance(job);
    await again.schedule.tick();
    expect(runs).toBe(1);
    again.clock.set('2026-11-24T00:00:00Z');
    await again.schedule.tick();
    expect(runs).toBe(2);
  });

  test('a job that fails says so, is not repeated, and is run again at its next tick by whoever is there', async () => {
    const name = aJob();
    let runs = 0;
    const run = async () => {
      runs += 1;
      if (runs === 1) throw new Error('not today');
    };
    const [one, two] = [openInstance({ name, run }), openInstance({ name, run })];
    await one.schedule.tick();
    await two.schedule.tick();
    expect(runs).toBe(1);
    expect(one.lines).toEqual([{ level: 'error', text: 'A scheduled job failed' }]);
    two.clock.set(minute(1));
    await two.schedule.tick();
    expect(runs).toBe(2);
    const { rows } = await database.pool.query('select state from pgboss.job where name = $1 order by 1', [
      name,
    ]);
    expect(rows).toEqual([{ state: 'completed' }, { state: 'failed' }]);
  });

  test('what an instance offered before it died is done with the next tick', async () => {
    const name = aJob();
    let runs = 0;
    const queue = openJobQueue(database.connectionString);
    await queue.open([name]);
    expect(await queue.offer(name, NOON / 60_000)).toBe(true);
    await queue.close();
    const { schedule, clock } = openInstance({ name, run: async () => void runs++ });
    await schedule.tick();
    expect(runs).toBe(0);
    clock.set(minute(1));
    await schedule.tick();
    expect(runs).toBe(1);
  });
});

test('while Postgres is away there is one line in the log; back again, the same tick is run', async () => {
  const proxy = await startProxy(database.connectionString);
  await proxy.refuse();
  let runs = 0;
  const job = { name: aJob(), everyMinutes: 1_440, run: async () => void runs++ };
  const { schedule, lines } = openInstance(job, proxy.connectionString);
  schedule.start();
  await until(() => lines.length > 0);
  await proxy.listen();
  await until(() => runs > 0);
  await until(() => lines.length > 1);
  expect(lines.map(({ text }) => text)).toEqual([
    'Scheduled jobs wait: Postgres cannot be used',
    'Postgres can be used for scheduled jobs again',
  ]);
  await schedule.close();
  expect(runs).toBe(1);
  await proxy.close();
});

test('a connection that breaks in the middle of a job ends nothing else', async () => {
  const proxy = await startProxy(database.connectionString);
  let runs = 0;
  const run = async () => {
    runs += 1;
    if (runs === 1) proxy.cut();
  };
  const { schedule, clock } = openInstance({ name: aJob(), run }, proxy.connectionString);
  await schedule.tick().catch(() => {});
  clock.set(minute(1));
  await schedule.tick();
  expect(runs).toBe(2);
  await schedule.close();
  await proxy.close();
});

test('closing tells a job to stop early, waits for it, and ends the connection', async () => {
  let stop: AbortSignal | undefined;
  const ended: string[] = [];
  const run = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      stop = signal;
      signal.addEventListener('abort', () => {
        ended.push('job');
        resolve();
      });
    });
  const { schedule } = openInstance({ name: aJob(), run });
  schedule.start();
  await until(() => stop !== undefined);
  await schedule.close();
  ended.push('closed');
  expect(ended).toEqual(['job', 'closed']);
  const connections = `select from pg_stat_activity
    where datname = current_database() and application_name = 'freshchair schedule'`;
  await until(async () => (await database.pool.query(connections)).rowCount === 0);
});

test('two processes never run one tick twice, also when one is killed in the middle: the other goes on', async () => {
  const { pool, connectionString } = database;
  await pool.query('create table tick (tick bigint, pid integer, ended boolean not null default false)');
  const dist = fileURLToPath(new URL('../../dist', import.meta.url));
  const script = fileURLToPath(new URL('../support/ticking-instance.js', import.meta.url));
  const start = () =>
    startProcess({
      command: process.execPath,
      args: [script, dist, connectionString, '100'],
      ready: /ready/,
    });
  const [victim, survivor] = await Promise.all([start(), start()]);
  started.push(victim, survivor);
  await victim.prints(/began \d+\./);
  await survivor.prints(/ended \d+\./);
  const { length } = victim.output();
  await until(() => /began \d+\.\s*$/.test(victim.output().slice(length)) || victim.output().length > length);
  await victim.kill();
  const before = survivor.output().length;
  await until(() => (survivor.output().slice(before).match(/ended/g)?.length ?? 0) >= 5);
  expect((await survivor.stop()).code).toBe(0);

  const { rows } = await pool.query<{ tick: number; pid: number; ended: boolean }>(
    'select * from tick order by tick',
  );
  const ticks = rows.map(({ tick }) => tick);
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(new Set(rows.map(({ pid }) => pid)).size).toBe(2);
  const unfinished = rows.filter(({ ended }) => !ended);
  expect(unfinished.length).toBeLessThanOrEqual(1);
  for (const { pid } of unfinished) expect(pid).toBe(victim.pid);
});
