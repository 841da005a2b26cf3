import { createHash } from 'node:crypto';
import PgBoss from 'pg-boss';
import { openDatabase } from '../database/connection.ts';

/** Decides, between all instances on one Postgres, who does what is due. */
export interface JobQueue {
  /** Makes its tables where there are none, and a queue for each name. */
  open(names: readonly string[]): Promise<void>;
  /** Whether this tick of the job was not offered before, by whomever: then it is there to be taken. */
  offer(name: string, tick: number): Promise<boolean>;
  /** Takes what was offered and nobody took; ids, which are this instance's alone. */
  take(name: string): Promise<readonly string[]>;
  complete(name: string, ids: readonly string[]): Promise<void>;
  fail(name: string, ids: readonly string[]): Promise<void>;
  /** Ends jobs whose instance died, and forgets old ones. */
  tidyUp(): Promise<void>;
  close(): Promise<void>;
}

/** A job that takes longer counts as failed: its instance has died. */
const EXPIRES_AFTER_S = 15 * 60;
/** Longer than the longest pause between two ticks: a tick that is remembered is not offered again. */
const REMEMBERED_S = 2 * 86_400;
/** One takes all that were left by instances which died in between. */
const AT_ONCE = 10;

const OPTIONS = {
  schedule: false,
  supervise: false,
  archiveCompletedAfterSeconds: REMEMBERED_S,
  deleteAfterDays: 7,
};

/**
 * The queues of pg-boss, in the schema `pgboss`, on one connection that is open while there is something to do. Of
 * pg-boss itself neither cron nor workers are used: its cron may send a tick twice where clocks differ by milliseconds,
 * its workers poll, and both leave promises alone whose failure ends the process when Postgres goes away.
 */
export function openJobQueue(connectionString: string): JobQueue {
  const database = openDatabase(connectionString, { max: 1, applicationName: 'freshchair schedule' });
  const boss = new PgBoss({ ...OPTIONS, db: { executeSql } });

  async function executeSql(text: string, values?: readonly unknown[]) {
    const client = await database.pool.connect();
    try {
      const result = await client.query(text, values && [...values]);
      client.release();
      return result;
    } catch (error) {
      // It may be in the middle of a transaction of several statements.
      client.release(true);
      throw error;
    }
  }

  /** One instance after the other: to attach a partition twice at once is a deadlock. */
  async function createQueues(names: readonly string[]): Promise<void> {
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await client.query(`select pg_advisory_xact_lock(hashtextextended('freshchair schedule', 0))`);
      const inTransaction = new PgBoss({
        ...OPTIONS,
        db: { executeSql: (text, values) => client.query(text, values) },
      });
      for (const name of names)
        await inTransaction.createQueue(name, {
          name,
          policy: 'standard',
          retryLimit: 0,
          expireInSeconds: EXPIRES_AFTER_S,
        });
      await client.query('commit');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  return {
    async open(names) {
      await boss.start();
      const known = new Set((await boss.getQueues()).map(({ name }) => name));
      const missing = names.filter((name) => !known.has(name));
      if (missing.length > 0) await createQueues(missing);
    },
    async offer(name, tick) {
      return (await boss.send(name, { tick }, { id: idOf(name, tick) })) !== null;
    },
    async take(name) {
      return (await boss.fetch(name, { batchSize: AT_ONCE })).map(({ id }) => id);
    },
    async complete(name, ids) {
      await boss.complete(name, [...ids]);
    },
    async fail(name, ids) {
      await boss.fail(name, [...ids]);
    },
    tidyUp: () => boss.maintain(),
    close: database.close,
  };
}

/** The same on every instance, so that Postgres takes a tick but once. */
function idOf(name: string, tick: number): string {
  const hash = createHash('sha256').update(`${name} ${tick}`).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
