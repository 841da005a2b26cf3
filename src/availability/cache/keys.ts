import { LRUCache } from 'lru-cache';
import { datesFrom } from '../../calendar/time.ts';
import type { DayQuery } from '../source.ts';

// The braces are a Redis Cluster's: everything of a shop lies in one slot.

/** By shop, barber and date: looking a key up costs a quarter of building and hashing it. */
const dayKeys = new Map<number, Map<number, Map<string, string>>>();
/** Keys remembered at most, about 100 bytes each. */
const MAX_DAY_KEYS = 200_000;
let dayKeyCount = 0;

/** The remembered keys of a barber's days, by date. */
function dayKeysOf(shopId: number, barberId: number): Map<string, string> {
  let ofShop = dayKeys.get(shopId);
  if (ofShop === undefined) {
    ofShop = new Map();
    dayKeys.set(shopId, ofShop);
  }
  let ofBarber = ofShop.get(barberId);
  if (ofBarber === undefined) {
    ofBarber = new Map();
    ofShop.set(barberId, ofBarber);
  }
  return ofBarber;
}

/** The key of a barber's day, `fc:{shop:7}:day:42:2026-11-23`; `remembered` are the keys of that barber. */
export function dayKey(
  shopId: number,
  barberId: number,
  day: string,
  remembered = dayKeysOf(shopId, barberId),
): string {
  let key = remembered.get(day);
  if (key === undefined) {
    key = `fc:{shop:${shopId}}:day:${barberId}:${day}`;
    if (++dayKeyCount > MAX_DAY_KEYS) {
      dayKeys.clear();
      dayKeyCount = 0;
    }
    remembered.set(day, key);
  }
  return key;
}

/** The keys of every day asked for: by barber, in the order of the query, then by date. */
export function keysOfDays({ shopId, barberIds, from, to }: DayQuery): readonly string[] {
  const keys: string[] = [];
  if (from === to) {
    for (const barberId of barberIds) keys.push(dayKey(shopId, barberId, from));
    return keys;
  }
  const dates = datesOf(from, to);
  for (const barberId of barberIds) {
    const remembered = dayKeysOf(shopId, barberId);
    for (const date of dates) keys.push(dayKey(shopId, barberId, date, remembered));
  }
  return keys;
}

/** The key of a shop's rules, `fc:{shop:7}:rules`. */
export function rulesKey(shopId: number): string {
  return `fc:{shop:${shopId}}:rules`;
}

/** The key of a barber's schedule, `fc:{shop:7}:schedule:42`. */
export function scheduleKey(shopId: number, barberId: number): string {
  return `fc:{shop:${shopId}}:schedule:${barberId}`;
}

/** The same few ranges are asked for again and again; counting through dates costs more than all the rest. */
const ranges = new LRUCache<string, readonly string[]>({ max: 1_000 });

/** Every date of the range, both included. Throws RangeError for anything but dates. */
export function datesOf(from: string, to: string): readonly string[] {
  const range = `${from}/${to}`;
  let dates = ranges.get(range);
  if (dates === undefined) {
    dates = Object.freeze(datesFrom(from, to));
    ranges.set(range, dates);
  }
  return dates;
}
