import { useLayoutEffect } from 'preact/hooks';
import { api, Refused } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useResource } from '../../api/resource.ts';
import type { Slot, Slots } from '../../api/wire.ts';
import { isDate } from '../../time/dates.ts';
import { Select } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { staffWords } from '../../words/staff.ts';
import { staffDialogWords } from '../../words/staff-dialogs.ts';
import { inTheWay } from '../day/plan.ts';
import { useDesk } from '../desk-context.ts';
import { wallMinutesBetween } from '../time/wall-clock.ts';
import type { StaffBooking } from '../wire.ts';

export interface SlotFieldProps {
  readonly barberId: number | undefined;
  readonly date: string;
  readonly service: string | undefined;
  /** RFC 3339 start of the slot that is chosen; empty for none. */
  readonly value: string;
  readonly onChoose: (start: string) => void;
  /** What somebody pointed at, HH:MM: chosen as long as nothing else is. */
  readonly wished?: string | undefined;
  /** Its own time is no obstacle to it, and with its own barber it lasts as long as it does. */
  readonly moving?: StaffBooking | undefined;
  readonly error?: string | undefined;
}

/** The slots of a barber's day; staff may take those that are too soon for clients, never those that are taken. */
export function SlotField({
  barberId,
  date,
  service,
  value,
  onChoose,
  wished,
  moving,
  error,
}: SlotFieldProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const { slug, shop, schedule, chairs } = useDesk();
  const slotMinutes = shop.slot_duration_minutes;
  const offered = chairs.find(({ id }) => id === barberId)?.barber?.services;
  const own = moving?.barber_id === barberId ? moving : undefined;
  const minutes =
    own?.duration_minutes ?? offered?.find(({ name }) => name === service)?.duration_minutes ?? slotMinutes;
  /** Of what clients cannot book any more, or yet, the server does not say whether it is taken. */
  const isTaken = ({ start }: Slot) => {
    const from = Date.parse(start);
    const stretch = { from, to: from + minutes * 60_000, except: moving?.id };
    return barberId !== undefined && inTheWay(schedule, { barberId, ...stretch }) !== undefined;
  };
  const isFree = (slot: Slot) => mayBeBooked(slot, own) && !isTaken(slot);
  const asked = {
    shop: slug,
    target_date: date,
    barber_id: barberId,
    // What is booked stays so, though its barber may not offer it any more.
    service: own === undefined ? service : undefined,
    include_next_available: false,
  };
  const isAsked = barberId !== undefined && service !== undefined && isDate(date);
  const slots = useResource(isAsked ? JSON.stringify(asked) : undefined, (signal) =>
    api.get<Slots>('/api/v2/bookings/available-slots', { query: asked, signal }),
  );
  useLive(isAsked ? { shop: slug, date, barberId } : undefined, slots.reload);
  const known = slots.current ? slots.value?.slots : undefined;

  // It chooses when there is something new to choose from, before anybody else can.
  useLayoutEffect(() => {
    if (known === undefined || known.some(({ start }) => start === value)) return;
    const pointed = known.findLast(({ time }) => wished !== undefined && isWithin(time, wished, slotMinutes));
    onChoose(pointed !== undefined && isFree(pointed) ? pointed.start : '');
  }, [known, wished]);

  // It is asked again while the server is away.
  const refused = !slots.loading && slots.error instanceof Refused ? slots.error : undefined;
  const isLooking = isAsked && known === undefined && refused === undefined;
  const nothing = known?.length === 0 ? texts.noSlots : undefined;
  return (
    <div>
      <Select
        label={words.time}
        required
        value={value}
        error={error ?? nothing}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        <option value="">{isLooking ? texts.loadingSlots : texts.chooseSlot}</option>
        {known?.map((slot) => (
          <option key={slot.start} value={slot.start} disabled={!isFree(slot)}>
            {formats.time(slot.start, shop.timezone)}
            {isFree(slot) ? '' : ` – ${texts.taken}`}
          </option>
        ))}
      </Select>
      <ErrorNotice error={refused} />
    </div>
  );
}

/** Whether the slot that begins at one HH:MM is the one that it is at another. */
function isWithin(time: string, wished: string, slotMinutes: number): boolean {
  const minutes = wallMinutesBetween(`1970-01-01T${time}`, `1970-01-01T${wished}`);
  return minutes >= 0 && minutes < slotMinutes;
}

/** Buffers around a service, at most: near its own time only the server can tell what is in a booking's way. */
const BUFFERS_MS = 240 * 60_000;

function mayBeBooked({ available, reason, start }: Slot, moving: StaffBooking | undefined): boolean {
  if (available || reason === 'past' || reason === 'notice' || reason === 'too_far_ahead') return true;
  if (moving === undefined || (reason !== 'booked' && reason !== 'buffer')) return false;
  const [from, to] = [Date.parse(moving.start), Date.parse(moving.end)];
  const at = Date.parse(start);
  return at > from - (to - from) - BUFFERS_MS && at < to + BUFFERS_MS;
}
