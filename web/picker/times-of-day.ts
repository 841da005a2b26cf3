import type { Next, Slot } from '../api/wire.ts';
import { dateIn, hourIn } from '../time/dates.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

const [NOON, EVENING] = [12, 17];

export interface PartSlots {
  /** In the zone that times are shown in: of a day at the shop it may be another. */
  readonly date: string;
  readonly part: PartOfDay;
  readonly slots: readonly Slot[];
}

/** The slots by part of the day in a zone, in their order; parts without any are left out. */
export function partsOfDay(slots: readonly Slot[], timeZone: string): PartSlots[] {
  const parts: (PartSlots & { slots: Slot[] })[] = [];
  for (const slot of slots) {
    const [date, part] = [dateIn(timeZone, slot.start), partOf(hourIn(timeZone, slot.start))];
    const last = parts.at(-1);
    if (last?.date === date && last.part === part) last.slots.push(slot);
    else parts.push({ date, part, slots: [slot] });
  }
  return parts;
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

/** What is known to be free next, as a slot. */
export function slotOf({ time, datetime: start, barber_id }: NonNullable<Next['next_available']>): Slot {
  return { time, start, available: true, is_next_available: true, barber_ids: [barber_id] };
}
