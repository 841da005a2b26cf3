import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { createStopwatch, type ShareOfTime } from '../../timing.ts';
import {
  createKnownVersions,
  elapsed,
  FOLLOWING_LIMIT,
  type Following,
  failed,
  isFollowing,
  KNOWN_MARGIN,
  LONGEST_LIFETIME,
  polled,
  STARTING,
  type VersionChange,
  type VersionFeed,
} from '../versions.ts';
import { createPostgresClock } from './clock.ts';
import { createLagMeter } from './lag.ts';
import { createListener } from './listener.ts';
import { parseNotification } from './notification.ts';
import { historyOf, type PostgresRun } from './poll.ts';
import { createPoller } from './poller.ts';

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
  /** `false` does without NOTIFY: then others' changes are seen by polls alone. */
  readonly listen?: boolean;
  /** Told when following begins and ends. */
  readonly onFollowing?: (following: boolean) => void;
}

/** How the feed does; what is counted, is counted since the start. */
export interface FeedStats {
  /** How long changes were followed, of the time since they first were. */
  readonly followed: ShareOfTime;
  /** Since the last successful poll began (ms); undefined before the first. */
  readonly sincePollMs: number | undefined;
  /** Whether it is being told of changes: not at all, not for now, or as far as is known. */
  readonly listening: 'off' | 'lost' | 'connected';
  /** Polls that saw changes since the last notification: of one each there should have been a notification. */
  readonly unheardPolls: number;
  /** Changes of others by how long they took to be known here; see `LAG_BOUNDS`. */
  readonly lag: readonly number[];
}

export interface ChangeFeed extends VersionFeed {
  state(): Following;
  stats(): FeedStats;
  /** Connects, and resolves after the first poll that succeeds, however long that takes; rejects when closed. */
  start(): Promise<void>;
  /** Resolves when a poll that began after the call has been taken in; rejects when it failed. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Follows the versions in Postgres, on two connections of its own: NOTIFY tells of a change in milliseconds,
 * and a poll every 250 ms tells of all of them, whatever became of the notifications. Both connections are
 * rebuilt by themselves.
 */
export function createChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  const { connectionString, clock, log, onFollowing = () => {} } = options;
  const { monotonic = () => performance.now(), pollMs = 250, answerMs = 2_000, listen = true } = options;
  const known = createKnownVersions();
  const postgresClock = createPostgresClock(clock.now(), monotonic());
  const lag = createLagMeter();
  const followed = createStopwatch(monotonic);
  const changeListeners = new Set<(changes: readonly VersionChange[]) => void>();
  const caughtUpListeners = new Set<() => void>();
  const resetListeners = new Set<() => void>();

  let state: Following = STARTING;
  let saidNotYet = false;
  let unheardPolls = 0;
  let asOf = Number.NEGATIVE_INFINITY;
  let history: string | undefined;
  let polledRun: PostgresRun | undefined;
  let watch: NodeJS.Timeout | undefined;
  let started: { readonly resolve: () => void; readonly reject: (reason: Error) => void } | undefined;

  const now = () => postgresClock.at(monotonic());

  function move(next: Following, err?: unknown): void {
    const before = state.kind;
    state = next;
    if (before === next.kind) return;
    saidNotYet = false;
    if (next.kind === 'following' || before === 'following') followed.set(next.kind === 'following');
    if (next.kind === 'following') log.info('Following the changes of availability');
    if (next.kind === 'lost')
      log.warn({ err }, 'Lost sight of the changes of availability: reading past the cache');
    if (next.kind === 'following' || before === 'following') onFollowing(next.kind === 'following');
    if (next.kind === 'following') for (const listener of caughtUpListeners) guarded(listener);
  }

  function learn(changes: readonly VersionChange[]): readonly VersionChange[] {
    const news = known.learn(changes, now());
    if (news.length > 0) for (const listener of changeListeners) guarded(() => listener(news));
    return news;
  }

  function guarded(listener: () => void): void {
    try {
      listener();
    } catch (err) {
      log.warn({ err }, 'A listener to the changes of availability failed');
    }
  }

  const poller = createPoller({
    connectionString,
    pollMs,
    answerMs,
    lifetimeMs: LONGEST_LIFETIME + KNOWN_MARGIN,
    monotonic,
    onPoll(seen, began, ended, run) {
      // A new connection: until the listener has one too, changes are seen by polls alone.
      if (run !== polledRun) listener.hurry();
      polledRun = run;
      history = historyOf(run.startedAt, seen.table);
      postgresClock.calibrate(seen.at, began, ended);
      known.trustFrom(seen.at);
      const news = learn(seen.changes);
      lag.polled(seen, news, asOf, now());
      if (!seen.isWhole && seen.changes.length > 0) unheardPolls += 1;
      asOf = seen.at;
      move(polled(state, began, monotonic()));
      watch ??= setTimeout(() => move(elapsed(state, monotonic())), FOLLOWING_LIMIT).unref();
      watch.refresh();
      started?.resolve();
    },
    onFailure(err) {
      move(failed(state), err);
      if (state.kind !== 'starting' || saidNotYet) return;
      saidNotYet = true;
      log.warn({ err }, 'Cannot follow the changes of availability yet: reading past the cache');
    },
    onReset() {
      log.warn('Postgres was restarted, or is another database than before: everything cached is forgotten');
      known.reset();
      asOf = Number.NEGATIVE_INFINITY;
      history = undefined;
      move(STARTING);
      for (const listener of resetListeners) guarded(listener);
    },
  });

  const pollSoon = () => {
    poller.poll().catch(() => {});
  };

  const listener = createListener({
    connectionString,
    log,
    onListening: pollSoon,
    onPayload(payload) {
      unheardPolls = 0;
      const changes = parseNotification(payload);
      if (changes === undefined) log.warn('A notification of changes that makes no sense: polling instead');
      if (changes === undefined || changes === 'poll') pollSoon();
      else {
        lag.notified(changes, now());
        learn(changes);
      }
    },
  });

  return {
    known,
    state: () => state,
    stats: () => ({
      followed: followed.read(),
      sincePollMs: state.kind === 'starting' ? undefined : monotonic() - state.began,
      listening: listen ? (listener.isListening ? 'connected' : 'lost') : 'off',
      unheardPolls,
      lag: [...lag.counts],
    }),
    isFollowing: () => isFollowing(state, monotonic()),
    followedNow() {
      const instant = monotonic();
      return isFollowing(state, instant) ? postgresClock.at(instant) : Number.NaN;
    },
    asOf: () => asOf,
    history: () => history,
    now,
    learn(changes) {
      lag.own(changes, now());
      learn(changes);
    },
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onCaughtUp(listener) {
      caughtUpListeners.add(listener);
      return () => caughtUpListeners.delete(listener);
    },
    onReset(listener) {
      resetListeners.add(listener);
      return () => resetListeners.delete(listener);
    },
    async start() {
      const first = new Promise<void>((resolve, reject) => {
        started = { resolve, reject };
      });
      first.catch(() => {});
      // What is notified between the first poll and the first LISTEN would otherwise wait for the second poll.
      if (listen) await listener.start();
      poller.start();
      await first;
    },
    poll: () => poller.poll(),
    async close() {
      clearTimeout(watch);
      started?.reject(new Error('The change feed is closed'));
      await Promise.all([poller.close(), listener.close()]);
    },
  };
}
