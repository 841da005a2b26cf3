import { type WallTime, wallAt, wallMinutesBetween } from './wall-clock.ts';

export interface Stretch {
  /** RFC 3339 */
  readonly start: string;
  readonly end: string;
}

/** At which a service may start: an instant (epoch ms), and what the shop's clock shows then. */
export interface Start {
  readonly instant: number;
  readonly wall: WallTime;
}

/** Every start in the working time; the server counts elapsed minutes from each opening, and so does this. */
export function startsIn(working: readonly Stretch[], slotMinutes: number, timeZone: string): Start[] {
  return working.flatMap(({ start, end }) => {
    const [first, last] = [Date.parse(start), Date.parse(end)];
    const count = Math.max(0, Math.ceil((last - first) / (slotMinutes * 60_000)));
    return Array.from({ length: count }, (_, n) => {
      const instant = first + n * slotMinutes * 60_000;
      return { instant, wall: wallAt(instant, timeZone) };
    });
  });
}

/**
 * The start that somebody means who points at this wall time: the nearest within half a slot, of two equal ones the
 * one that is `near` (epoch ms). Undefined where nobody works: the server says why it cannot be.
 */
export function startAt(
  starts: readonly Start[],
  wall: WallTime,
  slotMinutes: number,
  near = Number.NEGATIVE_INFINITY,
): Start | undefined {
  const distance = (start: Start) => Math.abs(wallMinutesBetween(start.wall, wall));
  const reachable = starts.filter((start) => distance(start) <= slotMinutes / 2);
  return reachable.sort(
    (a, b) => distance(a) - distance(b) || Math.abs(a.instant - near) - Math.abs(b.instant - near),
  )[0];
}
