import { useEffect, useRef, useState } from 'preact/hooks';
import type { Days, Next, Slot, Slots } from '../api/wire.ts';
import { monthOf } from '../time/dates.ts';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/language.ts';
import { pickerWords } from '../words/picker.ts';
import { bookable, type SeenSlots, useDays, useNext, useSlots, type Wanted } from './availability.ts';
import { Month } from './month.tsx';
import './slot-picker.css';
import { Times } from './times.tsx';
import { slotOf } from './times-of-day.ts';
import { shownZone } from './zone.ts';

export interface SlotPickerProps extends Wanted {
  /** The day that is looked at; undefined begins at the first with anything free. */
  readonly date: string | undefined;
  /** Called with the first free date where none is given: `isFirst` is true then. */
  readonly onDate: (date: string, isFirst: boolean) => void;
  /** Start of the slot that was chosen. */
  readonly chosen?: string | undefined;
  readonly onPick: (slot: Slot, date: string) => void;
  /** Of a hold: its slot counts as free. */
  readonly holdToken?: string | undefined;
}

/** A month with its free days, beside the times of one, both always as they are now. */
export function SlotPicker({ date, onDate, chosen, onPick, holdToken, ...wanted }: SlotPickerProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  const { shop } = wanted;
  const { first, last } = bookable(shop);
  const times = useRef<HTMLElement>(null);
  const next = useNext(wanted);
  const slots = useSlots(wanted, date, holdToken);
  const [month, setMonth] = useState(monthOf(date ?? first));
  const days = useDays(wanted, month);
  const following = next.current ? next.value?.next_available : undefined;
  const noon = date === undefined ? Date.now() : Date.parse(`${date}T12:00:00Z`);
  const zone = shownZone(shop.timezone, noon);

  useEffect(() => {
    if (date === undefined && following) onDate(following.date, true);
  }, [date, following?.date]);
  // What was taken may have been the next.
  useEffect(() => {
    if (slots.value !== undefined) next.reload();
  }, [slots.value?.next_available?.datetime]);
  useEffect(() => {
    if (date !== undefined) setMonth(monthOf(date));
  }, [date]);

  return (
    <div class="picker">
      <section class="picker-days" aria-label={words.day}>
        <NextFree
          next={following}
          shopZone={shop.timezone}
          onPick={(found) => onPick(slotOf(found), found.date)}
        />
        <Month
          month={month}
          onMonth={setMonth}
          first={first}
          last={last}
          days={withToday(days.current ? days.value : undefined, slots.current ? slots.value : undefined)}
          date={date}
          onDate={(chosenDate) => {
            onDate(chosenDate, false);
            // On a phone the times are below the month.
            times.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
          }}
        />
      </section>
      <section ref={times} class="picker-times" aria-label={words.time}>
        <h2>{date === undefined ? words.time : formats.date(date)}</h2>
        <ErrorNotice error={slots.error ?? days.error ?? next.error} />
        {zone !== shop.timezone && (
          <p class="small muted">{words.yourZone(formats.zone(new Date(noon).toISOString(), zone))}</p>
        )}
        {date === undefined && following === null ? null : slots.value === undefined || !slots.current ? (
          <Skeleton height="2.75rem" lines={6} />
        ) : (
          <DaySlots
            key={slots.value.date}
            slots={slots.value}
            zone={zone}
            shopZone={shop.timezone}
            chosen={chosen}
            onPick={onPick}
          />
        )}
      </section>
    </div>
  );
}

interface DaySlotsProps {
  readonly slots: SeenSlots;
  readonly zone: string;
  readonly shopZone: string;
  readonly chosen: string | undefined;
  readonly onPick: SlotPickerProps['onPick'];
}

function DaySlots({ slots, zone, shopZone, chosen, onPick }: DaySlotsProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  const free = slots.slots.filter(({ available }) => available).length;
  const shown = useSeenFree(slots);
  return (
    <>
      {slots.isDegraded && (
        <Notice kind="warn">{words.staleSince(formats.time(slots.as_of, shopZone))}</Notice>
      )}
      {free === 0 && (
        <Notice kind="info">{slots.business_hours === null ? words.closedDay : words.nothingOnDay}</Notice>
      )}
      <p class="unseen" role="status">
        {words.free(free)}
      </p>
      <Times
        slots={shown}
        shopZone={shopZone}
        zone={zone}
        chosen={chosen}
        onPick={(slot) => onPick(slot, slots.date)}
      />
    </>
  );
}

/** The slots that are free, and those that were while somebody looked at the day: these go grey where they are. */
function useSeenFree({ slots }: Slots): Slot[] {
  const seen = useRef(new Set<string>());
  for (const { start, available } of slots) if (available) seen.current.add(start);
  return slots.filter(({ start }) => seen.current.has(start));
}

type NextSlot = Next['next_available'];

interface NextFreeProps {
  readonly next: NextSlot | undefined;
  readonly shopZone: string;
  readonly onPick: (next: NonNullable<NextSlot>) => void;
}

/** The next free time, one tap away. */
function NextFree({ next, shopZone, onPick }: NextFreeProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  if (next === null) return <Notice kind="info">{words.nothingAtAll}</Notice>;
  return (
    <button
      type="button"
      class="button next-free"
      disabled={next === undefined}
      onClick={() => next && onPick(next)}
    >
      {words.next(
        next === undefined
          ? '…'
          : formats.briefMoment(next.datetime, shownZone(shopZone, next.datetime), Date.now()),
      )}
    </button>
  );
}

/** What the open day shows, live, the month shows too. */
function withToday(days: Days | undefined, slots: Slots | undefined): Days['days'] | undefined {
  if (slots === undefined) return days?.days;
  const free = slots.slots.filter(({ available }) => available).length;
  return days?.days.map((day) => (day.date === slots.date ? { ...day, free_slots: free } : day));
}
