import { type Interval, overlaps } from '../calendar/interval.ts';
import type { Random } from './random.ts';

export interface DayToFill {
  /** Elapsed minutes of the day, sorted and disjoint, like `timeOff`. */
  readonly working: readonly Interval[];
  readonly timeOff: readonly Interval[];
  /** Minutes of service to reach. */
  readonly target: number;
}

interface Bookable {
  readonly duration: number;
  readonly bufferAfter: number;
}

export interface BookedService<S> {
  /** Elapsed minutes of the day; on the grid. */
  readonly start: number;
  readonly service: S;
}

/**
 * Books services into a day, none of which meet: the day is packed full along its grid, then a random choice is
 * kept that comes closest to the target. A target beyond the packing gets the packing.
 */
export function fillDay<S extends Bookable>(
  day: DayToFill,
  services: readonly [S, ...S[]],
  slotMinutes: number,
  random: Random,
): BookedService<S>[] {
  const kept: BookedService<S>[] = [];
  let left = day.target;
  for (const booked of random.shuffled(pack(day, services, slotMinutes, random))) {
    // Half of it closer to the target than without it.
    if (booked.service.duration > 2 * left) continue;
    kept.push(booked);
    left -= booked.service.duration;
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** One service after the other, from each opening; at its end what still fits. */
function pack<S extends Bookable>(
  { working, timeOff }: DayToFill,
  services: readonly [S, ...S[]],
  slotMinutes: number,
  random: Random,
): BookedService<S>[] {
  const packed: BookedService<S>[] = [];
  for (const [opening, end] of working) {
    let start = opening;
    while (start < end) {
      const [first, ...others] = services.filter(
        ({ duration }) => start + duration <= end && !overlaps(timeOff, [start, start + duration]),
      );
      if (first === undefined) {
        start += slotMinutes;
        continue;
      }
      const service = random.pick([first, ...others]);
      packed.push({ start, service });
      start += Math.ceil((service.duration + service.bufferAfter) / slotMinutes) * slotMinutes;
    }
  }
  return packed;
}
