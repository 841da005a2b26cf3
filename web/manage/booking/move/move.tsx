import { useEffect, useRef, useState } from 'preact/hooks';
import { everything, Refused } from '../../../api/client.ts';
import { useResource } from '../../../api/resource.ts';
import type { Barber, Booking, Shop, Slot } from '../../../api/wire.ts';
import { SlotPicker } from '../../../picker/slot-picker.tsx';
import { Select } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { manageWords } from '../../../words/manage.ts';
import type { ManagedBooking } from '../../api/use-booking.ts';
import './move.css';
import { MoveConfirmation } from './move-confirmation.tsx';

export interface MoveProps {
  readonly booking: Booking;
  readonly shop: Shop;
  readonly change: ManagedBooking['change'];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A new time, with the same barber or another one; nothing happens before it is confirmed. */
export function Move({ booking, shop, change, onDone, onClose }: MoveProps) {
  const words = useWords(manageWords).move;
  const formats = useFormats();
  const heading = useRef<HTMLHeadingElement>(null);
  const barbers = useResource(`barbers ${shop.slug}`, (signal) =>
    everything<Barber>('/api/v2/barbers', { query: { shop: shop.slug }, signal }),
  );
  const [barberId, setBarberId] = useState<number | undefined>(booking.barber_id);
  const [date, setDate] = useState<string | undefined>(booking.date);
  const [chosen, setChosen] = useState<Slot>();
  useEffect(() => heading.current?.focus(), []);

  const able = barbers.value?.filter(({ services }) => services.some(({ name }) => name === booking.service));
  const target = chosen && { start: chosen.start, barberId: barberFor(chosen, barberId, booking.barber_id) };
  const nameOf = (id: number) =>
    barbers.value?.find((barber) => barber.id === id)?.name ?? booking.barber_name;

  async function move(): Promise<void> {
    if (target === undefined) return;
    try {
      const moved = await change({ start: target.start, barber_id: target.barberId });
      toast({ text: words.done(formats.moment(moved.start, moved.timezone)) });
      onDone();
    } catch (error) {
      // Whoever was quicker has it: the picker shows what is left.
      if (error instanceof Refused && error.code === 'slot_taken') setChosen(undefined);
      throw error;
    }
  }

  return (
    <section class="card stack move" aria-labelledby="move">
      <h2 id="move" ref={heading} tabIndex={-1}>
        {words.title}
      </h2>
      <div class="move-barber">
        <Select
          label={words.with}
          value={barberId ?? ''}
          onChange={({ currentTarget: { value } }) => {
            setBarberId(value === '' ? undefined : Number(value));
            setChosen(undefined);
          }}
        >
          <option value="">{words.anybody}</option>
          {(able ?? [{ id: booking.barber_id, name: booking.barber_name }]).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <SlotPicker
        shop={shop}
        service={booking.service}
        barberId={barberId}
        date={date}
        onDate={(shown) => setDate(shown)}
        chosen={chosen?.start}
        onPick={(slot, shown) => {
          setChosen(slot);
          setDate(shown);
        }}
      />
      <MoveConfirmation
        booking={booking}
        target={target && { start: target.start, barber: nameOf(target.barberId) }}
        move={move}
        onClose={onClose}
      />
    </section>
  );
}

/** With anybody: whom one has already, if free, else the first who is. */
function barberFor({ barber_ids = [] }: Slot, asked: number | undefined, present: number): number {
  if (asked !== undefined) return asked;
  return barber_ids.includes(present) ? present : (barber_ids[0] ?? present);
}
