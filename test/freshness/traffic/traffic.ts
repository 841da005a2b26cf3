import { setTimeout as sleep } from 'node:timers/promises';
import { type BookerOptions, book, type Seat } from './booker.ts';
import type { Client, Reply } from './client.ts';
import { createJudge, isStale, type JudgeOptions, type Moment, type Stale, slotKey } from './judge.ts';
import { type Random, type Read, read, readDay, type Shelf } from './readers.ts';
import { watchStalls } from './stalls.ts';
import { type Report, spreadOf } from './tally.ts';

/** Who reads and books where. */
export interface Crowd {
  readonly clients: readonly Client[];
  readonly shelf: Shelf;
  /** All slots; what is booked is carried from one traffic to the next. */
  readonly seats: readonly Seat[];
  /** Accounts that book; guests do too. */
  readonly tokens: readonly string[];
  readonly random: Random;
}

export interface TrafficOptions {
  /** Servers where bookings are made; default all. */
  readonly bookOn?: readonly number[];
  /** What is booked; default everything. */
  readonly bookable?: (seat: Seat) => boolean;
  /** For how long plain reads elsewhere may be behind; default 100 ms, the promise says 1 s at the very worst. */
  readonly allowedMs?: number | (() => number);
  /** Whether a server may be cut off from Postgres while others book. */
  readonly mayBeCutOff?: JudgeOptions['mayBeCutOff'];
  /** Told of every answer but 200, 201: its status, and when it was there. */
  readonly onFailure?: (status: number, at: number) => void;
  readonly readsPerSecond?: number;
  readonly writesPerSecond?: number;
}

export interface Traffic {
  /** From now on latencies count. */
  mark(): void;
  /** They count no longer. */
  unmark(): void;
  /** What was acknowledged by something else than a booking: nobody may be offered these any more. */
  gone(which: (seat: Seat) => boolean, when: Moment, server?: number): void;
  readonly bookings: number;
  readonly stale: readonly Stale[];
  /** Lets what is under way end. */
  stop(): Promise<Report>;
}

const READERS = 4;
const BOOKERS = 3;
/** Whoever follows a booking elsewhere gives up after this long: that server answers no reads. */
const FOLLOW_LIMIT_MS = 3_000;
const FOLLOW_EVERY_MS = 2;

/** Readers on every server and bookers on some. They leave two cores time to breathe, or all would be stalls. */
export function startTraffic(crowd: Crowd, options: TrafficOptions = {}): Traffic {
  const { clients, shelf, seats, tokens, random } = crowd;
  const { bookOn = clients.map((_, n) => n), allowedMs = 100, mayBeCutOff = () => false } = options;
  const { bookable = () => true, onFailure = () => {} } = options;
  const booked = seats.filter(bookable);
  const { readsPerSecond = 150, writesPerSecond = 15 } = options;
  const stalls = watchStalls();
  const judge = createJudge({
    allowedMs: typeof allowedMs === 'function' ? allowedMs : () => allowedMs,
    mayBeCutOff,
    stalledMs: stalls.longest,
  });
  const now = { at: performance.now(), wall: Date.now() };
  for (const { barberId, start, booking } of booked)
    judge.acknowledge(slotKey(barberId, start), booking === undefined ? 'freed' : 'booked', now, undefined);
  const count = { reads: 0, strongReads: 0, offers: 0, bookings: 0, cancellations: 0, degraded: 0 };
  const [readStatuses, writeStatuses]: Record<number, number>[] = [{}, {}];
  const [stale, lags, latencies]: [Stale[], number[], number[]] = [[], [], []];
  let [over, marked] = [false, false];
  const isOver = () => over;
  const add = (statuses: Record<number, number> = {}, { status, ended }: Reply) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status !== 200 && status !== 201) onFailure(status, ended);
  };

  /** How far behind the answer is, where it is. */
  const onRead = ({ strong, reply, look }: Read): readonly Stale[] => {
    add(readStatuses, reply);
    count.reads++;
    if (strong) count.strongReads++;
    else if (marked) latencies.push(reply.ended - reply.began);
    if (look === undefined) return [];
    count.offers += look.offers.length;
    if (look.degraded) count.degraded++;
    const found = judge.look(look);
    stale.push(...found.filter(isStale));
    return found;
  };

  /** Reads elsewhere from the moment of the acknowledgement, until it is seen there. */
  const follow = async (seat: Seat, since: number, server: number) => {
    const client = clients[server];
    const slot = slotKey(seat.barberId, seat.start);
    for (let lag = 0; client !== undefined && performance.now() - since < FOLLOW_LIMIT_MS; ) {
      const seen = await readDay(client, server, seat.date, seat.barberId);
      const behind = onRead(seen).find((one) => one.slot === slot);
      if (seen.look === undefined) return;
      if (behind === undefined) {
        lags.push(lag);
        return;
      }
      lag = behind.lagMs;
      await sleep(FOLLOW_EVERY_MS);
    }
  };

  const following = new Set<Promise<void>>();
  const followElsewhere = (seat: Seat, when: Moment, server: number | undefined) => {
    for (const other of clients.keys()) {
      if (other === server) continue;
      const one = follow(seat, when.at, other).finally(() => following.delete(one));
      following.add(one);
    }
  };
  const onDone: BookerOptions['onDone'] = (seat, state, when, server) => {
    judge.acknowledge(slotKey(seat.barberId, seat.start), state, when, server);
    if (state === 'freed') count.cancellations++;
    else count.bookings++;
    followElsewhere(seat, when, server);
  };

  const readers = [...clients.entries()].flatMap(([server, client]) =>
    Array.from({ length: READERS }, () =>
      read({
        client,
        server,
        random,
        shelf,
        readsPerSecond: readsPerSecond / READERS / clients.length,
        onRead,
        isOver,
      }),
    ),
  );
  const writers = bookOn.length * BOOKERS;
  const bookers = bookOn.flatMap((server, nth) =>
    Array.from({ length: BOOKERS }, (_, n) => {
      const mine = nth * BOOKERS + n;
      const client = clients[server];
      if (client === undefined) throw new RangeError(`There is no server ${server}`);
      return book({
        client,
        server,
        random,
        seats: booked.filter((_seat, i) => i % writers === mine),
        token: tokens[mine % (tokens.length + 1)],
        writesPerSecond: writesPerSecond / writers,
        isOver,
        onBegin: ({ barberId, start }) => judge.open(slotKey(barberId, start)),
        onDone,
        onReply: (reply) => add(writeStatuses, reply),
      });
    }),
  );

  return {
    mark: () => {
      marked = true;
    },
    unmark: () => {
      marked = false;
    },
    gone(which, when, server) {
      for (const { barberId, start } of seats.filter(which))
        judge.acknowledge(slotKey(barberId, start), 'booked', when, server);
      const first = seats.find(which);
      if (first !== undefined) followElsewhere(first, when, server);
    },
    get bookings() {
      return count.bookings;
    },
    stale,
    async stop() {
      over = true;
      const seconds = (performance.now() - now.at) / 1_000;
      await Promise.all([...readers, ...bookers]);
      while (following.size > 0) await Promise.all(following);
      stalls.stop();
      return {
        ...count,
        seconds,
        stale,
        lag: spreadOf(lags),
        latency: spreadOf(latencies),
        readStatuses: readStatuses ?? {},
        writeStatuses: writeStatuses ?? {},
        longestStall: stalls.longest(),
      };
    },
  };
}
