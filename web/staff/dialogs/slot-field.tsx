import { useLayoutEffect } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useResource } from '../../api/resource.ts';
import type { Slot, Slots } from '../../api/wire.ts';
import { Select } from '../../ui/field.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { staffWords } from '../../words/staff.ts';
import { staffDialogWords } from '../../words/staff-dialogs.ts';
import { inTheWay } from '../day/plan.ts';
import { useDesk } from '../desk-context.ts';
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
  /** Its own time is no obstacle to it. */
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
  const offered = chairs.find(({ id }) => id === barberId)?.barber?.services;
  const minutes =
    offered?.find(({ name }) => name === service)?.duration_minutes ?? shop.slot_duration_minutes;
  /** Of what clients cannot book any more, or yet, the server does not say whether it is taken. */
  const isTaken = ({ start }: Slot) => {
    const from = Date.parse(start);
    const stretch = { from, to: from + minutes * 60_000, except: moving?.id };
    return barberId !== undefined && inTheWay(schedule, { barberId, ...stretch }) !== undefined;
  };
  const isFree = (slot: Slot) => mayBeBooked(slot, moving) && !isTaken(slot);
  const asked = {
    shop: slug,
    target_date: date,
    barber_id: barberId,
    service,
    include_next_available: false,
  };
  const slots = useResource(
    barberId === undefined || service === undefined ? undefined : JSON.stringify(asked),
    (signal) => api.get<Slots>('/api/v2/bookings/available-slots', { query: asked, signal }),
  );
  useLive({ shop: slug, date, barberId }, slots.reload);
  const known = slots.current ? slots.value?.slots : undefined;

  // It chooses when there is something new to choose from, before anybody else can.
  useLayoutEffect(() => {
    if (known === undefined || known.some(({ start }) => start === value)) return;
    const pointed = known.findLast(({ time }) => wished !== undefined && time <= wished);
    onChoose(pointed !== undefined && isFree(pointed) ? pointed.start : '');
  }, [known, wished]);

  const nothing = known?.length === 0 ? texts.noSlots : undefined;
  return (
    <Select
      label={words.time}
      required
      value={value}
      error={error ?? nothing}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      <option value="">{known === undefined ? texts.loadingSlots : texts.chooseSlot}</option>
      {known?.map((slot) => (
        <option key={slot.start} value={slot.start} disabled={!isFree(slot)}>
          {formats.time(slot.start, shop.timezone)}
          {isFree(slot) ? '' : ` – ${texts.taken}`}
        </option>
      ))}
    </Select>
  );
}

/** Buffers around a service, at most: near its own time only the server can tell what is in a booking's way. */
const BUFFERS_MS = 15 * 60_000;

function mayBeBooked({ available, reason, start }: Slot, moving: StaffBooking | undefined): boolean {
  if (available || reason === 'past' || reason === 'notice' || reason === 'too_far_ahead') return true;
  if (moving === undefined || (reason !== 'booked' && reason !== 'buffer')) return false;
  const [from, to] = [Date.parse(moving.start), Date.parse(moving.end)];
  const at = Date.parse(start);
  return at > from - (to - from) - BUFFERS_MS && at < to + BUFFERS_MS;
}
