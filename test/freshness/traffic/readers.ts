import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Reply } from './client.ts';
import { type Look, type SlotKey, slotKey } from './judge.ts';

/** What can be asked for. */
export interface Shelf {
  readonly barberIds: readonly number[];
  readonly dates: readonly string[];
}

export type Random = () => number;

export const pick = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to pick from');
  return value;
};

const STRONG = { 'cache-control': 'no-cache' };
const SLOTS = '/api/v2/bookings/available-slots?service=Haircut';
const ofBarber = (date: string, barberId: number) =>
  `${SLOTS}&target_date=${date}&barber_id=${barberId}&include_next_available=false`;

/** A read as a page of the shop sends it. */
function anyPath(random: Random, { dates, barberIds }: Shelf): string {
  const [date, barberId, kind] = [pick(random, dates), pick(random, barberIds), random()];
  if (kind < 0.7) return ofBarber(date, barberId);
  if (kind < 0.85) return `${SLOTS}&target_date=${date}&include_next_available=false`;
  if (kind < 0.95) return `${SLOTS}&target_date=${date}&barber_id=${barberId}`;
  return `/api/v2/bookings/next-available?service=Haircut&from=${date}&barber_id=${barberId}`;
}

export interface Read {
  readonly strong: boolean;
  readonly reply: Reply;
  /** Where it was answered with 200. */
  readonly look: Look | undefined;
}

export interface ReaderOptions {
  readonly client: Client;
  readonly server: number;
  readonly random: Random;
  readonly shelf: Shelf;
  /** On average, for one reader. */
  readonly readsPerSecond: number;
  readonly onRead: (read: Read) => void;
  readonly isOver: () => boolean;
}

/** One in this many reads is strong. */
const STRONG_ONE_IN = 8;

/** Reads one after the other, at random moments, until it is over. */
export async function read(options: ReaderOptions): Promise<void> {
  const { client, server, random, shelf, readsPerSecond, onRead, isOver } = options;
  while (!isOver()) {
    await sleep(-Math.log(1 - random()) * (1_000 / readsPerSecond));
    const strong = random() < 1 / STRONG_ONE_IN;
    onRead(await readOnce(client, server, anyPath(random, shelf), strong));
  }
}

/** A plain read of the day of a slot. */
export function readDay(client: Client, server: number, date: string, barberId: number): Promise<Read> {
  return readOnce(client, server, ofBarber(date, barberId), false);
}

async function readOnce(client: Client, server: number, path: string, strong: boolean): Promise<Read> {
  const reply = await client.get(path, strong ? STRONG : {});
  return { strong, reply, look: reply.status === 200 ? lookOf(reply, server, strong) : undefined };
}

interface SlotOnWire {
  readonly start: string;
  readonly available: boolean;
  readonly reason?: string;
  readonly barber_ids?: readonly number[];
}

function lookOf({ body, headers, began, ended }: Reply, server: number, strong: boolean): Look {
  const offers: SlotKey[] = [];
  const withheld: SlotKey[] = [];
  const slots: readonly SlotOnWire[] = body.slots ?? [];
  for (const { start, available, reason, barber_ids } of slots) {
    const of: readonly number[] = barber_ids ?? (body.barber_id === undefined ? [] : [body.barber_id]);
    if (available) offers.push(...of.map((id) => slotKey(id, start)));
    else if (reason === 'booked') withheld.push(...of.map((id) => slotKey(id, start)));
  }
  const next = body.next_available;
  if (next) offers.push(slotKey(next.barber_id, next.datetime));
  const degraded = String(headers['cache-status']).includes('degraded');
  return { server, strong, began, ended, asOf: Date.parse(body.as_of), degraded, offers, withheld };
}
