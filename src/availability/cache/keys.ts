import { LRUCache } from 'lru-cache';
import { datesFrom } from '../../calendar/time.ts';
import type { Target } from '../loading/target.ts';
import type { KindName } from '../loading/watcher.ts';
import type { DayQuery } from '../source.ts';

// The braces are a Redis Cluster's: everything of a shop lies in one slot.

/** By shop, barber and date: looking a target up costs a quarter of building its key and hashing that. */
const dayTargets = new Map<number, Map<number, Map<string, Target>>>();
/** Targets remembered at most, about 150 bytes each. */
const MAX_DAY_TARGETS = 200_000;
let dayTargetCount = 0;

/** The remembered targets of a barber's days, by date. */
function targetsOfBarber(shopId: number, barberId: number): Map<string, Target> {
  let ofShop = dayTargets.get(shopId);
  if (ofShop === undefined) {
    ofShop = new Map();
    dayTargets.set(shopId, ofShop);
  }
  let ofBarber = ofShop.get(barberId);
  if (ofBarber === undefined) {
    ofBarber = new Map();
    ofShop.set(barberId, ofBarber);
  }
  return ofBarber;
}

function dayTarget(
  shopId: number,
  barberId: number,
  day: string,
  remembered = targetsOfBarber(shopId, barberId),
): Target {
  let target = remembered.get(day);
  if (target === undefined) {
    target = { key: `fc:{shop:${shopId}}:day:${barberId}:${day}`, shopId, barberId, day };
    if (++dayTargetCount > MAX_DAY_TARGETS) {
      dayTargets.clear();
      dayTargetCount = 0;
    }
    remembered.set(day, target);
  }
  return target;
}

/** The key of a barber's day, `fc:{shop:7}:day:42:2026-11-23`. */
export function dayKey(shopId: number, barberId: number, day: string): string {
  return dayTarget(shopId, barberId, day).key;
}

/** Every day asked for: by barber, in the order of the query, then by date. */
export function targetsOfDays({ shopId, barberIds, from, to }: DayQuery): readonly Target[] {
  const targets: Target[] = [];
  if (from === to) {
    for (const barberId of barberIds) targets.push(dayTarget(shopId, barberId, from));
    return targets;
  }
  const dates = datesOf(from, to);
  for (const barberId of barberIds) {
    const remembered = targetsOfBarber(shopId, barberId);
    for (const date of dates) targets.push(dayTarget(shopId, barberId, date, remembered));
  }
  return targets;
}

/** The key of a shop's rules, `fc:{shop:7}:rules`. */
export function rulesKey(shopId: number): string {
  return `fc:{shop:${shopId}}:rules`;
}

/** The key of a barber's schedule, `fc:{shop:7}:schedule:42`. */
export function scheduleKey(shopId: number, barberId: number): string {
  return `fc:{shop:${shopId}}:schedule:${barberId}`;
}

const KEY = /^fc:\{shop:(\d+)\}:(?:rules|schedule:(\d+)|day:(\d+):(\d{4}-\d\d-\d\d))$/;

/** What is kept under a key; undefined for one that is none of ours. */
export function targetOf(key: string): { readonly kind: KindName; readonly target: Target } | undefined {
  const [, shop, ofSchedule, ofDay, day = ''] = KEY.exec(key) ?? [];
  if (shop === undefined) return undefined;
  const barberId = Number(ofDay ?? ofSchedule ?? 0);
  const kind = ofDay !== undefined ? 'days' : ofSchedule !== undefined ? 'schedules' : 'rules';
  return { kind, target: { key, shopId: Number(shop), barberId, day } };
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
