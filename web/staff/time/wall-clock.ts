/**
 * The calendar component knows no time zones: it is given what the clock on the shop's wall shows, and gives that
 * back. Where clocks change, a wall time is an hour that never was, or two instants.
 */

/** What the shop's clock shows: `2026-11-23T09:00`. */
export type WallTime = string;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** What the zone's clocks show at an instant (epoch ms, or RFC 3339). */
export function wallAt(instant: number | string, timeZone: string): WallTime {
  const shown = new Map(
    formatterFor(timeZone)
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

export function dateOf(wall: WallTime): string {
  return wall.slice(0, 10);
}

export function timeOf(wall: WallTime): string {
  return wall.slice(11, 16);
}

/** The wall time so many minutes on, by plain arithmetic: what a pointer on the grid means. */
export function shiftWall(wall: WallTime, minutes: number): WallTime {
  return new Date(Date.parse(`${wall}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

/** Minutes from `a` to `b` on the grid. */
export function wallMinutesBetween(a: WallTime, b: WallTime): number {
  return (Date.parse(`${b}:00Z`) - Date.parse(`${a}:00Z`)) / 60_000;
}

/**
 * Where something is drawn that lasts from one instant to another. On the day on which clocks go back, what ends
 * within the repeated hour would end before it began: it is drawn for as long as it takes.
 */
export function wallSpan(
  { start, end }: { readonly start: string; readonly end: string },
  timeZone: string,
): { readonly start: WallTime; readonly end: WallTime } {
  const [from, to] = [wallAt(start, timeZone), wallAt(end, timeZone)];
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000;
  return { start: from, end: to > from ? to : shiftWall(from, minutes) };
}

/** `-05:00`: how far the zone's clocks are from UTC at an instant (epoch ms). */
export function offsetAt(instant: number, timeZone: string): string {
  const minute = Math.floor(instant / 60_000) * 60_000;
  const east = (Date.parse(`${wallAt(minute, timeZone)}:00Z`) - minute) / 60_000;
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(east);
  return `${east < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
