import { once } from 'node:events';
import type pg from 'pg';
import { NoAnswer, within } from '../../../timing.ts';

/**
 * `direct`: nothing. Otherwise a pooler, which leaves a client its connection to Postgres (`session`), gives it
 * another one for each transaction (`transaction`) or each statement (`statement`), or has no second one (`starved`).
 */
export type Pooling = 'direct' | 'session' | 'transaction' | 'statement' | 'starved';

/** What lies between us and Postgres. */
export interface Passage {
  readonly pooling: Pooling;
  /** How long a notification took from one connection to another (ms); undefined where it did not arrive. */
  readonly notifiedInMs: number | undefined;
}

const ANSWER_LIMIT_MS = 2_000;
const NOTIFY_LIMIT_MS = 1_500;
const ROUNDS = 3;
const CHANNEL = 'freshchair_doctor';

/** By two connections: `other` does what another server would. */
export async function measurePassage(client: pg.Client, other: pg.Client): Promise<Passage> {
  const pooling = await findPooling(client, other);
  // A connection that is handed on would be left listening.
  const isKept = pooling === 'direct' || pooling === 'session';
  const notifiedInMs = isKept ? await measureNotification(client, other) : undefined;
  return { pooling, notifiedInMs };
}

/**
 * A pooler makes up the process that it tells us to cancel queries of. And when connections of Postgres are given to
 * whoever asks next, two clients who take turns with transactions find themselves on each other's.
 */
async function findPooling(client: pg.Client, other: pg.Client): Promise<Pooling> {
  const first = await backendOf(client);
  if (await isKeptWaiting(other)) return 'starved';
  const told: unknown = Reflect.get(client, 'processID');
  try {
    for (let round = 0; round < ROUNDS; round++) {
      if (await movesOn(client, other, client, first)) return 'transaction';
      if (await movesOn(other, client, client, first)) return 'transaction';
    }
  } catch (error) {
    // So says PgBouncer.
    if (error instanceof Error && error.message.includes('statement pooling')) return 'statement';
    throw error;
  }
  return told === first ? 'direct' : 'session';
}

/** Whether `client` is on another connection while, or after, `holder` is in a transaction and `asker` asks. */
async function movesOn(
  holder: pg.Client,
  asker: pg.Client,
  client: pg.Client,
  first: number,
): Promise<boolean> {
  await query(holder, 'begin');
  try {
    // In a pool of one, whoever asks waits for the other's transaction to end.
    if (await isKeptWaiting(asker)) return true;
    if ((await backendOf(client)) !== first) return true;
  } finally {
    await query(holder, 'commit');
  }
  return (await backendOf(client)) !== first;
}

async function isKeptWaiting(client: pg.Client): Promise<boolean> {
  try {
    await backendOf(client);
    return false;
  } catch (error) {
    if (error instanceof NoAnswer) return true;
    throw error;
  }
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
