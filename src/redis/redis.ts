import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import { ReplyError } from 'ioredis';
import type { Logger } from '../log.ts';
import { createPause, within } from '../timing.ts';
import { parseRedisUrl } from './address.ts';
import { openClient, type RedisClient } from './client.ts';
import { createRedisMeter, type RedisStats } from './meter.ts';
import { reasonOf } from './reason.ts';

export interface RedisOptions {
  /** As `parseRedisUrl` takes it. */
  readonly url: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** How long a command may take; default 50 ms. */
  readonly deadlineMs?: number;
  /** Milliseconds on a clock that is never set; default `performance.now`. */
  readonly monotonic?: () => number;
}

/** A Redis that may fail at any time, and is not waited for. */
export interface RedisConnection {
  /**
   * What a command answers. Rejects with `NoAnswer` when that takes longer than the deadline, with what Redis or the
   * way there said when it fails, and with `RedisUnavailable` at once while it is known that it would. A command that
   * was given up may still be executed.
   */
  run<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** Makes a command of a Lua script; what it answers is as `run` would. Its keys must be of one slot of a Cluster. */
  script(lua: string): RedisScript;
  /**
   * What a command answers to whoever finds out how Redis is: asked whether it can be used or not, counted nowhere, and
   * given up after `limitMs`. Rejects with `RedisUnavailable` at once where there is no connection.
   */
  probe<T>(command: (client: RedisClient) => Promise<T>, limitMs: number): Promise<T>;
  /** Counted since the start. */
  stats(): RedisStats;
  /** Whether it answers and can be written to. */
  isAvailable(): boolean;
  /** Resolves when it was first tried, whether it can be used then or not. */
  tried(): Promise<void>;
  close(): Promise<void>;
}

export type RedisScript = (
  keys: readonly string[],
  args: readonly (string | number | Buffer)[],
) => Promise<unknown>;

/** Redis is out of order, and was not asked. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';

  constructor() {
    super('Redis is out of order');
  }
}

const DEADLINE_MS = 50;
/** After so many failures in a row Redis is left alone but for the heartbeat. */
const FAILURES = 3;
const HEARTBEAT_MS = 500;
/** Writes, and by a script: a Redis that refuses either is no cache. */
const HEARTBEAT = "return redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])";
const HEARTBEAT_KEY = 'fc:{heartbeat}';
const HEARTBEAT_TTL_MS = 60_000;
/** A breaker that opens again so soon stays open for twice as long each time: one shard of a Cluster may be down. */
const SOON_MS = 10_000;
const LONGEST_HOLD_MS = 10_000;
const FIRST_LIMIT_MS = 1_000;

/**
 * Opens a connection with a deadline for each command, and a breaker before all of them. A heartbeat finds out that
 * Redis hangs or refuses writes though nobody asks it, and that it is back: no reader pays for that.
 */
export function openRedis(options: RedisOptions): RedisConnection {
  const { url, log, deadlineMs = DEADLINE_MS, monotonic = () => performance.now() } = options;
  const address = parseRedisUrl(url);
  if (address === undefined) throw new RangeError('REDIS_URL is not the address of a Redis');
  const client = openClient(address, 'freshchair');
  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(FAILURES),
    // When to try again is decided below, by a clock that is never set.
    halfOpenAfter: Number.NEGATIVE_INFINITY,
  });
  const pause = createPause();
  const meter = createRedisMeter(monotonic);
  let state: 'starting' | 'available' | 'unavailable' = 'starting';
  let refuses = false;
  let hold = { ms: 0, until: 0 };
  let closedAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  let scripts = 0;
  let lastError: unknown;

  /** Why it cannot be used. */
  const reason = () => reasonOf(lastError, 'It has not answered yet');

  function define(lua: string): string {
    const name = `freshchair${++scripts}`;
    client.defineCommand(name, { lua });
    return name;
  }
  const heartbeat = define(HEARTBEAT);

  async function call(name: string, ...[keys, args]: Parameters<RedisScript>): Promise<unknown> {
    return Reflect.get(client, name).call(client, keys.length, ...keys, ...args);
  }

  /** Says so where the state has changed. */
  function updateState(): void {
    const isWell = client.status === 'ready' && breaker.state === CircuitState.Closed && !refuses;
    const next = isWell ? 'available' : 'unavailable';
    if (state === next || closed) return;
    meter.setAvailable(isWell);
    if (next === 'unavailable')
      log.warn(
        { err: new Error(reason()) },
        'Redis cannot be used: what is not cached in the process comes from Postgres',
      );
    else log.info(state === 'starting' ? 'Caching in Redis' : 'Caching in Redis again');
    state = next;
  }

  function execute<T>(command: () => Promise<T>): Promise<T> {
    return breaker.execute(() => meter.counted(within(deadlineMs, command())));
  }

  async function write(): Promise<void> {
    // ioredis would go on in database 0 where there is no such number.
    if (address !== undefined && address.db > 0) await client.select(address.db);
    await call(heartbeat, [HEARTBEAT_KEY], [HEARTBEAT_TTL_MS]);
  }

  async function beat(): Promise<void> {
    if (client.status === 'ready' && monotonic() >= hold.until) {
      try {
        await execute(() => meter.heartbeat(write()));
        refuses = false;
      } catch (error) {
        if (error instanceof ReplyError) [refuses, lastError] = [true, error];
      }
    }
    updateState();
  }

  async function keepBeating(): Promise<void> {
    await Promise.race([connected, pause.for(FIRST_LIMIT_MS)]);
    for (;;) {
      await beat();
      wasTried();
      if (closed) return;
      await pause.for(HEARTBEAT_MS);
    }
  }

  let wasTried = () => {};
  const tried = new Promise<void>((resolve) => {
    wasTried = resolve;
  });
  const connected = new Promise<void>((resolve) => {
    client.once('ready', resolve).once('close', resolve);
  });
  client.on('ready', () => pause.end());
  client.on('close', () => state !== 'starting' && updateState());
  // Whoever waits for a command hears of it there.
  client.on('error', (error: Error) => {
    lastError = error;
  });
  breaker.onBreak((reason) => {
    if ('error' in reason) lastError = reason.error;
    // A heartbeat that failed opens it again.
    if (state !== 'available') return;
    const now = monotonic();
    const isSoon = now - closedAt < SOON_MS;
    const ms = isSoon ? Math.min(LONGEST_HOLD_MS, 2 * Math.max(HEARTBEAT_MS, hold.ms)) : 0;
    hold = { ms, until: now + ms };
  });
  breaker.onReset(() => {
    closedAt = monotonic();
  });
  breaker.onStateChange(updateState);
  const beating = keepBeating();

  async function run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    if (state !== 'available') throw new RedisUnavailable();
    return execute(() => command(client));
  }

  return {
    run,
    script(lua) {
      const name = define(lua);
      return (keys, args) => run(() => call(name, keys, args));
    },
    async probe(command, limitMs) {
      if (client.status !== 'ready') throw new RedisUnavailable();
      return within(limitMs, command(client));
    },
    stats: () =>
      meter.stats(
        client.status === 'ready',
        state === 'unavailable' && lastError !== undefined ? reason() : undefined,
      ),
    isAvailable: () => state === 'available',
    tried: () => tried,
    async close() {
      closed = true;
      pause.end();
      client.disconnect();
      await beating;
    },
  };
}
