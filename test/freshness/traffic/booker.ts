import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Reply } from './client.ts';
import type { Moment } from './judge.ts';
import { pick, type Random } from './readers.ts';

/** A slot of the shop, and the booking that takes it. */
export interface Seat {
  readonly barberId: number;
  readonly date: string;
  readonly start: string;
  booking: { readonly id: number; readonly headers: Readonly<Record<string, string>> } | undefined;
}

/** On the clocks of the shop. */
export function hourOf({ start }: Pick<Seat, 'start'>): number {
  return Number(start.slice(11, 13));
}

export interface BookerOptions {
  readonly client: Client;
  readonly server: number;
  readonly random: Random;
  /** Nobody else books them. */
  readonly seats: readonly Seat[];
  /** Of an account; a guest books without. */
  readonly token: string | undefined;
  /** Bookings and cancellations. */
  readonly writesPerSecond: number;
  readonly isOver: () => boolean;
  readonly onBegin: (seat: Seat) => void;
  /** `server` is undefined where an earlier try may have done it already. */
  readonly onDone: (seat: Seat, state: 'booked' | 'freed', when: Moment, server: number | undefined) => void;
  /** Every answer, those that are tried again too. */
  readonly onReply: (reply: Reply) => void;
}

const RETRY_AFTER_MS = 200;
const DEFINITE = [200, 201, 409];

/** Takes free seats and gives taken ones back, so that about half are taken, until it is over. */
export async function book(options: BookerOptions): Promise<void> {
  const { random, seats, writesPerSecond, isOver } = options;
  while (!isOver()) {
    await sleep(-Math.log(1 - random()) * (1_000 / writesPerSecond));
    const taken = seats.filter(({ booking }) => booking !== undefined);
    const free = seats.filter(({ booking }) => booking === undefined);
    if (random() < taken.length / seats.length) await giveBack(options, pick(random, taken));
    else await take(options, pick(random, free));
  }
}

async function take(options: BookerOptions, seat: Seat): Promise<void> {
  const { client, token, server } = options;
  const { start, barberId: barber_id } = seat;
  const [path, who] = token === undefined ? ['guest', GUEST] : ['create', {}];
  const body = { start, barber_id, service: 'Haircut', ...who };
  options.onBegin(seat);
  const done = await untilDefinite(options, (key) =>
    client.send('POST', `/api/v2/bookings/${path}`, body, { 'idempotency-key': key, ...bearer(token) }),
  );
  if (done?.reply.status !== 201) return;
  const { id, manage_token } = done.reply.body;
  seat.booking = { id, headers: token === undefined ? { 'x-manage-token': manage_token } : bearer(token) };
  options.onDone(seat, 'booked', momentOf(done.reply), done.tries === 1 ? server : undefined);
}

async function giveBack(options: BookerOptions, seat: Seat): Promise<void> {
  const { client, server } = options;
  const { booking } = seat;
  if (booking === undefined) return;
  options.onBegin(seat);
  const done = await untilDefinite(options, (key) =>
    client.send(
      'POST',
      `/api/v2/bookings/${booking.id}/cancel`,
      {},
      { 'idempotency-key': key, ...booking.headers },
    ),
  );
  if (done?.reply.status !== 200) return;
  seat.booking = undefined;
  options.onDone(seat, 'freed', momentOf(done.reply), done.tries === 1 ? server : undefined);
}

const GUEST = { name: 'Ada', email: 'ada@example.com' };
const bearer = (token: string | undefined) =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** When the reply had arrived, by both clocks; to be called at once. */
export const momentOf = ({ ended }: Reply): Moment => ({
  at: ended,
  wall: Date.now() - (performance.now() - ended),
});

/** With the same Idempotency-Key for as long as it is unknown what became of it; undefined for a refusal. */
async function untilDefinite(
  { onReply }: BookerOptions,
  send: (key: string) => Promise<Reply>,
): Promise<{ reply: Reply; tries: number } | undefined> {
  const key = randomUUID();
  for (let tries = 1; ; tries++) {
    const reply = await send(key);
    onReply(reply);
    if (DEFINITE.includes(reply.status)) return { reply, tries };
    if (reply.status !== 0 && reply.status < 500) return undefined;
    await sleep(RETRY_AFTER_MS);
  }
}
