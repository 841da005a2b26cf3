import type { Calendar } from '@event-calendar/core';
import { addDays } from '../../time/dates.ts';
import type { Schedule } from '../day/schedule.ts';
import { timeOf, wallSpan } from '../time/wall-clock.ts';
import type { StaffBooking, TimeOff } from '../wire.ts';

/** What the calendar shows, by the id that it gives back. */
export type Entry =
  | { readonly kind: 'booking'; readonly booking: StaffBooking }
  | { readonly kind: 'off'; readonly off: TimeOff; readonly barberId: number };

export interface Entries {
  readonly byId: ReadonlyMap<string, Entry>;
  readonly events: readonly Calendar.EventInput[];
}

/** Bookings, time off and the hours in which nobody works, of these barbers, on the shop's clock. */
export function entriesOf(schedule: Schedule, barberIds: readonly number[], timeZone: string): Entries {
  const byId = new Map<string, Entry>();
  const events: Calendar.EventInput[] = [];
  for (const booking of schedule.bookings) {
    if (!barberIds.includes(booking.barber_id)) continue;
    const id = `booking-${booking.id}`;
    byId.set(id, { kind: 'booking', booking });
    events.push({
      id,
      resourceIds: [booking.barber_id],
      ...wallSpan(booking, timeZone),
      startEditable: booking.status === 'confirmed',
      classNames: ['staff-entry', `staff-${booking.status}`],
    });
  }
  for (const { date, barber_id, working, time_off } of schedule.working) {
    if (!barberIds.includes(barber_id)) continue;
    for (const off of time_off) {
      const id = `off-${off.id}-${date}`;
      byId.set(id, { kind: 'off', off, barberId: barber_id });
      events.push({
        id,
        resourceIds: [barber_id],
        ...wallSpan(off, timeZone),
        startEditable: false,
        classNames: ['staff-entry', 'staff-off'],
      });
    }
    const spans = working.map((stretch) => wallSpan(stretch, timeZone));
    for (const [start, end] of closedBetween(date, spans))
      events.push({
        id: `closed-${barber_id}-${start}`,
        resourceIds: [barber_id],
        start,
        end,
        display: 'background',
        classNames: ['staff-closed'],
      });
  }
  return { byId, events };
}

/** What of a date is not working time. */
function closedBetween(
  date: string,
  working: readonly { readonly start: string; readonly end: string }[],
): [string, string][] {
  const closed: [string, string][] = [];
  let from = `${date}T00:00`;
  for (const { start, end } of working) {
    if (start > from) closed.push([from, start]);
    from = end;
  }
  const midnight = `${addDays(date, 1)}T00:00`;
  if (from < midnight) closed.push([from, midnight]);
  return closed;
}

/** The hours to show, `HH:00`: all that is worked or booked, and some of an ordinary day where nothing is. */
export function hoursOf(
  schedule: Schedule,
  timeZone: string,
): { readonly from: string; readonly to: string } {
  const spans = [...schedule.bookings, ...schedule.working.flatMap(({ working }) => working)].map((each) =>
    wallSpan(each, timeZone),
  );
  if (spans.length === 0) return { from: '09:00', to: '18:00' };
  const hours = spans.map(({ start, end }) => {
    const overMidnight = end.slice(0, 10) > start.slice(0, 10);
    return {
      from: Number(timeOf(start).slice(0, 2)),
      to: overMidnight ? 24 : Math.ceil(Number(timeOf(end).slice(0, 2)) + Number(timeOf(end).slice(3)) / 60),
    };
  });
  const hour = (n: number) => `${String(n).padStart(2, '0')}:00`;
  return {
    from: hour(Math.min(...hours.map(({ from }) => from))),
    to: hour(Math.max(...hours.map(({ to }) => to))),
  };
}
