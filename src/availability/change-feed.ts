import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createPostgresClock } from './feed/clock.ts';
import { type FeedConnection, openFeedConnection } from './feed/connection.ts';
import { followNotifications } from './feed/listener.ts';
import { isBefore, type Poll, selectChanges, selectHistory } from './feed/poll.ts';
import { backoff, createPause, within } from './feed/timing.ts';
import {
  createKnownVersions,
  elapsed,
  FOLLOWING_LIMIT,
  type Following,
  isFollowing,
  KNOWN_MARGIN,
  LONGEST_LIFETIME,
  polled,
  STARTING,
  type VersionChange,
  type VersionFeed,
} from './versions.ts';

export interface ChangeFeedOptions {
  readonly connectionString: string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds on a clock that is never set; default `performance.now`. */
  readonly monotonic?: () => number;
  /** Pause between two polls; default 250 ms. */
  readonly pollMs?: number;
  /** A poll that has not answered by then loses its connection; default 2 s. */
  readonly answerMs?: number;
  /** The longest time that cached values are used; default 24 h. */
  readonly longestLifetimeMs?: number;
  /** `false` does without NOTIFY: then others' changes are seen by the poll alone. */
  readonly listen?: boolean;
  /** Told when following begins and ends. */
  readonly onFollowing?: (following: boolean) => void;
}

export interface ChangeFeed extends VersionFeed {
  state(): Following;
  /** Connects, and resolves after the first poll that succeeds, however long that takes; rejects when closed. */
  start(): Promise<void>;
  /** Resolves when a poll that began after the call has been taken in; rejects when it failed. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

/** The first poll may have a day's versions to read. */
const FIRST_ANSWER_MS = 30_000;
const LEAVE_LIMIT_MS = 500;

/**
 * Follows the versions in Postgres, on two connections of its own: NOTIFY tells of a change in milliseconds,
 * and a poll every 250 ms tells of all of them, whatever became of the notifications. Both connections are
 * rebuilt by themselves.
 */
export function createChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  const { connectionString, clock, log, onFollowing = () => {} } = options;
  const { monotonic = () => performance.now(), pollMs = 250, answerMs = 2_000, listen = true } = options;
  const { longestLifetimeMs = LONGEST_LIFETIME } = options;
  const known = createKnownVersions(longestLifetimeMs);
  const postgresClock = createPostgresClock(clock.now(), monotonic());
  const pause = createPause();
  const closing = new AbortController();
  const changeListeners = new Set<(changes: readonly VersionChange[]) => void>();
  const resetListeners = new Set<() => void>();

  let state: Following = STARTING;
  let asOf = Number.NEGATIVE_INFINITY;
  let connection: FeedConnection | undefined;
  let history: string | undefined;
  let snapshot: string | undefined;
  let waiting: PromiseWithResolvers[] = [];
  let running: Promise<unknown> | undefined;
  const watch = setTimeout(() => move(elapsed(state, monotonic())), FOLLOWING_LIMIT).unref();

  function move(next: Following, error?: unknown): void {
    const before = state.kind;
    state = next;
    if (before === next.kind) return;
    if (next.kind === 'following') log.info('Following the changes of availability');
    if (next.kind === 'lost') {
      log.warn({ err: error }, 'Lost sight of the changes of availability: reading past the cache');
    }
    if (next.kind === 'following' || before === 'following') onFollowing(next.kind === 'following');
  }

  function learn(changes: readonly VersionChange[]): void {
    const news = known.learn(changes, postgresClock.at(monotonic()));
    if (news.length > 0) tell(changeListeners, news);
  }

  function tell<T extends unknown[]>(listeners: ReadonlySet<(...args: T) => void>, ...args: T): void {
    for (const listener of listeners) {
      try {
        listener(...args);
      } catch (err) {
        log.warn({ err }, 'A listener to changes of availability failed');
      }
    }
  }

  function reset(at: number): void {
    log.warn('Postgres is another database than before: everything cached is forgotten');
    known.reset(at);
    snapshot = undefined;
    asOf = Number.NEGATIVE_INFINITY;
    move(STARTING);
    tell(resetListeners);
  }

  async function connected(): Promise<FeedConnection> {
    if (connection?.isOpen) return connection;
    connection = await openFeedConnection(connectionString, 'freshchair poll', closing.signal);
    const found = await within(answerMs, selectHistory(connection.client));
    if (history !== undefined && found !== undefined && history !== found) {
      reset(postgresClock.at(monotonic()));
    }
    history = found ?? history;
    return connection;
  }

  async function pollOnce(): Promise<void> {
    const { client } = await connected();
    const began = monotonic();
    const limit = snapshot === undefined ? Math.max(answerMs, FIRST_ANSWER_MS) : answerMs;
    const seen = await within(limit, selectChanges(client, snapshot, longestLifetimeMs + KNOWN_MARGIN));
    postgresClock.calibrate(seen.at, began, monotonic());
    if (snapshot !== undefined && isBefore(seen.snapshot, snapshot)) {
      reset(seen.at);
      return pollOnce();
    }
    take(seen, began);
  }

  function take(seen: Poll, began: number): void {
    learn(seen.changes);
    snapshot = seen.snapshot;
    asOf = seen.at;
    move(polled(state, began, monotonic()));
    watch.refresh();
  }

  async function keepPolling(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      const waiters = waiting;
      waiting = [];
      try {
        await pollOnce();
        failures = 0;
        for (const { resolve } of waiters) resolve();
      } catch (error) {
        failures += 1;
        connection?.destroy();
        move(elapsed(state, monotonic()), error);
        for (const { reject } of waiters) reject(error);
      }
      if (waiting.length === 0) await pause.for(failures === 0 ? pollMs : backoff(failures));
    }
    for (const { reject } of waiting) reject(new Error('The change feed is closed'));
  }
