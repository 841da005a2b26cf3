import type { Calendar as Component } from '@event-calendar/core';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LOCALES, useFormats } from '../../words/formats.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { staffWords } from '../../words/staff.ts';
import type { Chair, Schedule } from '../day/schedule.ts';
import { dateOf, offsetAt, shiftWall, timeOf, type WallTime, wallAt } from '../time/wall-clock.ts';
import type { StaffBooking } from '../wire.ts';
import { contentOf } from './content.ts';
import { type Entries, type Entry, entriesOf, hoursOf } from './entries.ts';
import { correctRoles } from './roles.ts';

export interface Drop {
  readonly booking: StaffBooking;
  readonly barberId: number;
  /** Where the pointer let go, on the grid. */
  readonly wall: WallTime;
  /** Puts it back. */
  readonly revert: () => void;
}

export interface CalendarProps {
  readonly view: 'day' | 'week';
  readonly schedule: Schedule;
  /** The columns of a day; in a week the one whose it is. */
  readonly chairs: readonly Chair[];
  readonly timeZone: string;
  readonly slotMinutes: number;
  readonly label: string;
  readonly onOpen: (entry: Entry) => void;
  readonly onPick: (barberId: number, wall: WallTime) => void;
  readonly onDrop: (drop: Drop) => void;
  readonly onDragging: (dragging: boolean) => void;
}

type Engine = typeof import('./engine.ts');
/** Pixels for half an hour: what a client's name and service need. */
const HALF_HOUR = 52;

/** The day, barbers side by side, or the week of one of them; bookings can be dragged. */
export function CalendarGrid(props: CalendarProps) {
  const [engine, setEngine] = useState<Engine>();
  useEffect(() => void import('./engine.ts').then(setEngine), []);
  if (engine === undefined) return <Skeleton height="5rem" lines={6} />;
  return <Drawn key={props.view} engine={engine} {...props} />;
}

function Drawn({ engine, ...props }: CalendarProps & { readonly engine: Engine }) {
  const { view, schedule, chairs, timeZone, slotMinutes, label } = props;
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Component | undefined>(undefined);
  const drawnDate = useRef<Component.Options['date']>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const words = useWords(staffWords);
  const formats = useFormats();
  const language = useLanguage();
  const entries = useMemo(
    () =>
      entriesOf(
        schedule,
        chairs.map(({ id }) => id),
        timeZone,
      ),
    [schedule, chairs, timeZone],
  );
  const known = useRef<Entries>(entries);
  known.current = entries;
  const options = useMemo((): Component.Options => {
    const hours = hoursOf(schedule, timeZone);
    const now = wallAt(Date.now(), timeZone);
    return {
      date: schedule.dates[0],
      events: [...entries.events],
      resources: chairs.map(({ id, name }) => ({ id, title: name })),
      slotMinTime: hours.from,
      slotMaxTime: hours.to,
      // An hour of what was, where today is shown.
      scrollTime: schedule.dates.includes(dateOf(now)) ? anHourBefore(now) : hours.from,
      locale: LOCALES[language],
      timeZone: offsetAt(Date.now(), timeZone),
      snapDuration: { minutes: slotMinutes },
      dayHeaderFormat: (day) => `${formats.weekday(day.getDay() || 7, 'short')} ${day.getDate()}`,
      eventContent: ({ event }) =>
        contentOf(known.current.byId.get(String(event.id)), event, { words, formats, timeZone }),
    };
  }, [schedule, entries, chairs, timeZone, slotMinutes, language, words, formats]);

  // It is made once, and told of every change below.
  useEffect(() => {
    const target = place.current;
    if (target === null) return;
    const entryOf = (id: string | number) => known.current.byId.get(String(id));
    const calendar = engine.createCalendar(
      target,
      [view === 'day' ? engine.ResourceTimeGrid : engine.TimeGrid, engine.Interaction],
      {
        ...options,
        view: view === 'day' ? 'resourceTimeGridDay' : 'timeGridWeek',
        firstDay: 1,
        headerToolbar: { start: '', center: '', end: '' },
        allDaySlot: false,
        // Readable; what has no room scrolls sideways within the calendar.
        columnWidth: 'minmax(8.5rem, 1fr)',
        slotDuration: { minutes: 30 },
        slotLabelInterval: { minutes: 60 },
        slotHeight: HALF_HOUR,
        slotLabelFormat: { hour: 'numeric' },
        slotEventOverlap: false,
        eventDurationEditable: false,
        editable: true,
        eventLongPressDelay: 400,
        nowIndicator: true,
        pointer: true,
        eventClick: ({ event }) => {
          const entry = entryOf(event.id);
          if (entry !== undefined) latest.current.onOpen(entry);
        },
        dateClick: ({ dateStr, resource }) => {
          const barberId = resource === undefined ? latest.current.chairs[0]?.id : Number(resource.id);
          if (barberId !== undefined) latest.current.onPick(barberId, dateStr.slice(0, 16));
        },
        eventDragStart: () => latest.current.onDragging(true),
        eventDrop: ({ event, delta, newResource, revert }) => {
          const entry = entryOf(event.id);
          if (entry?.kind !== 'booking') return revert();
          const { booking } = entry;
          // Its dates are of the device's zone, where that hour may not exist; the difference is of the grid.
          const moved = shiftWall(wallAt(booking.start, timeZone), delta.seconds / 60 + delta.days * 1_440);
          const barberId = newResource === undefined ? booking.barber_id : Number(newResource.id);
          latest.current.onDrop({ booking, barberId, wall: moved, revert });
        },
      },
    );
    drawn.current = calendar;
    drawnDate.current = options.date;
    const stop = () => latest.current.onDragging(false);
    addEventListener('pointerup', stop);
    addEventListener('pointercancel', stop);
    return () => {
      removeEventListener('pointerup', stop);
      removeEventListener('pointercancel', stop);
      drawn.current = undefined;
      void engine.destroyCalendar(calendar);
    };
  }, [engine, view]);

  useEffect(() => {
    const calendar = drawn.current;
    if (calendar === undefined) return;
    // Either scrolls, even to what it was: somebody's change must not.
    const isAnotherDate = drawnDate.current !== options.date;
    drawnDate.current = options.date;
    if (isAnotherDate) calendar.setOption('date', options.date);
    calendar
      .setOption('locale', options.locale)
      .setOption('timeZone', options.timeZone)
      .setOption('resources', options.resources)
      .setOption('slotMinTime', options.slotMinTime)
      .setOption('slotMaxTime', options.slotMaxTime)
      .setOption('snapDuration', options.snapDuration)
      .setOption('dayHeaderFormat', options.dayHeaderFormat)
      .setOption('eventContent', options.eventContent)
      .setOption('events', options.events);
    if (isAnotherDate) calendar.setOption('scrollTime', options.scrollTime);
  }, [options]);

  const [firstDate] = schedule.dates;
  // Today is in sight, where not all of a week is.
  useEffect(() => {
    if (view !== 'week' || firstDate === undefined) return;
    const frame = requestAnimationFrame(() => {
      const main = place.current?.querySelector('.ec-main');
      const head = place.current?.querySelector('.ec-col-head.ec-today');
      if (!(head instanceof HTMLElement) || !main) return;
      main.scrollLeft = head.offsetWidth * [...(head.parentElement?.children ?? [])].indexOf(head);
    });
    return () => cancelAnimationFrame(frame);
  }, [view, firstDate]);

  useEffect(() => (place.current === null ? undefined : correctRoles(place.current, label)), [label]);
  return <div ref={place} class={`staff-calendar staff-calendar-${view}`} />;
}

/** HH:MM, of the same day. */
function anHourBefore(wall: WallTime): string {
  const before = shiftWall(wall, -60);
  return dateOf(before) === dateOf(wall) ? timeOf(before) : '00:00';
}
