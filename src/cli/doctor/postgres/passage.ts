import { once } from 'node:events';
import type pg from 'pg';
import { NoAnswer, within } from '../../../timing.ts';

/** What lies between us and Postgres. */
export interface Passage {
  /**
   * `direct`; `session` behind a pooler that leaves us one connection of Postgres; `transaction` where it may be
   * another one for each transaction.
   */
  readonly pooling: 'direct' | 'session' | 'transaction';
  /** How long a notification took from one connection to another (ms); undefined where it did not arrive. */
  readonly notifiedInMs: number | undefined;
}

const ANSWER_LIMIT_MS = 3_000;
const NOTIFY_LIMIT_MS = 1_500;
const ROUNDS = 3;
const CHANNEL = 'freshchair_doctor';

/** By two connections: `other` does what another server would. */
export async function measurePassage(client: pg.Client, other: pg.Client): Promise<Passage> {
  const pooling = await findPooling(client, other);
  // A connection that is handed on would be left listening.
  const notifiedInMs = pooling === 'transaction' ? undefined : await measureNotification(client, other);
  return { pooling, notifiedInMs };
}

/**
 * A pooler makes up the process that it tells us to cancel queries of. And when connections of Postgres are given to
 * whoever asks next, two clients who take turns with transactions find themselves on each other's.
 */
async function findPooling(client: pg.Client, other: pg.Client): Promise<Passage['pooling']> {
  const first = await backendOf(client);
  const told: unknown = Reflect.get(client, 'processID');
  for (let round = 0; round < ROUNDS; round++) {
    for (const [holder, asker] of [
      [client, other],
      [other, client],
    ] as const) {
      if (await isShared(holder, asker, client, first)) return 'transaction';
    }
  }
  return told === first ? 'direct' : 'session';
}

/** Whether `asker` has to wait while `holder` is in a transaction, or `client` is on another connection by now. */
async function isShared(
  holder: pg.Client,
  asker: pg.Client,
  client: pg.Client,
  first: number,
): Promise<boolean> {
  await query(holder, 'begin');
  const asked = backendOf(asker).then(
    (backend) => (asker === client ? backend !== first : false),
    (error: unknown) => {
      if (error instanceof NoAnswer) return true;
      throw error;
    },
  );
  const isAnother = await asked.finally(() => query(holder, 'commit'));
  return isAnother || (await backendOf(client)) !== first;
}

async function measureNotification(client: pg.Client, other: pg.Client): Promise<number | undefined> {
  const waiting = new AbortController();
  await query(client, `listen ${CHANNEL}`);
  const began = performance.now();
  const heard = once(client, 'notification', { signal: waiting.signal }).then(
    () => performance.now() - began,
  );
  try {
    await query(other, `notify ${CHANNEL}`);
    return await within(NOTIFY_LIMIT_MS, heard);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  } finally {
    waiting.abort();
    await heard.catch(() => {});
    await query(client, `unlisten ${CHANNEL}`);
  }
}

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await query<{ pid: number }>(client, 'select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

function query<T extends pg.QueryResultRow>(client: pg.Client, sql: string): Promise<pg.QueryResult<T>> {
  return within(ANSWER_LIMIT_MS, client.query<T>(sql));
}
