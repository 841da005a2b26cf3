import { ReplyError } from 'ioredis';
import { createStopwatch, NoAnswer, type ShareOfTime } from '../timing.ts';

/** Why a command that was sent came to nothing. */
export type RedisFailure = 'timeout' | 'refused' | 'connection';

/** What came of everything since the start; whoever wants to know about the last minutes takes differences. */
export interface RedisStats {
  /** Commands that were sent, the heartbeat's included. What is not sent, because it is known to fail, is not among them. */
  readonly commands: number;
  readonly failures: Readonly<Record<RedisFailure, number>>;
  /** How long it could be used, of the time since it was first tried. */
  readonly available: ShareOfTime;
  /** The middle one of the last five heartbeats' round trips (ms), measured to their real end. Undefined before the first. */
  readonly roundTripMs: number | undefined;
  /** While a heartbeat or the connection is waited for: since when it has been silent (ms). */
  readonly silentMs: number | undefined;
  /** Why it cannot be used, as far as is known. */
  readonly reason: string | undefined;
}

/** One slow heartbeat out of five is a busy moment, not a slow Redis. */
const ROUND_TRIPS = 5;

/** Counts what a connection does. Counting a command takes a tenth of a microsecond. */
export function createRedisMeter(monotonic: () => number) {
  const failures = { timeout: 0, refused: 0, connection: 0 };
  const available = createStopwatch(monotonic);
  const roundTrips: number[] = [];
  let commands = 0;
  let answeredAt: number | undefined;
  let waitingSince: number | undefined;

  return {
    /** Counts a command, of which `work` is told the end, be it that it was given up. */
    async counted<T>(work: Promise<T>): Promise<T> {
      commands += 1;
      try {
        return await work;
      } catch (error) {
        failures[failureOf(error)] += 1;
        throw error;
      }
    },
    /** Measures a heartbeat to its real end, however long ago it was given up. */
    heartbeat<T>(work: Promise<T>): Promise<T> {
      const sentAt = monotonic();
      waitingSince ??= sentAt;
      const answered = () => {
        answeredAt = monotonic();
        waitingSince = undefined;
        roundTrips.push(answeredAt - sentAt);
        if (roundTrips.length > ROUND_TRIPS) roundTrips.shift();
      };
      work.then(answered, (error) => error instanceof ReplyError && answered());
      return work;
    },
    setAvailable: available.set,
    stats(isConnected: boolean, reason: string | undefined): RedisStats {
      const since = waitingSince ?? (isConnected ? undefined : answeredAt);
      return {
        commands,
        failures: { ...failures },
        available: available.read(),
        roundTripMs: median(roundTrips),
        silentMs: since === undefined ? undefined : monotonic() - since,
        reason,
      };
    },
  };
}

function failureOf(error: unknown): RedisFailure {
  if (error instanceof NoAnswer) return 'timeout';
  return error instanceof ReplyError ? 'refused' : 'connection';
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
