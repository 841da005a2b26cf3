import type { Slot } from '../api/wire.ts';
import { hourIn } from './dates.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

const [NOON, EVENING] = [12, 17];

/** The slots of each part of the day in a zone, parts without any left out. */
export function partsOfDay(
  slots: readonly Slot[],
  timeZone: string,
): { readonly part: PartOfDay; readonly slots: readonly Slot[] }[] {
  const parts = (['morning', 'afternoon', 'evening'] as const).map((part) => ({
    part,
    slots: slots.filter(({ start }) => partOf(hourIn(timeZone, start)) === part),
  }));
  return parts.filter(({ slots: own }) => own.length > 0);
}

function partOf(hour: number): PartOfDay {
  if (hour < NOON) return 'morning';
  return hour < EVENING ? 'afternoon' : 'evening';
}

/** The free slots that start closest to an instant, in the order of the day. */
export function nearestFree(slots: readonly Slot[], start: string, count: number): Slot[] {
  const wanted = Date.parse(start);
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.start) - wanted);
  return slots
    .filter(({ available }) => available)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}
