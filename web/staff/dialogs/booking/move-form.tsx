import { useState } from 'preact/hooks';
import { Input, Select } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useSubmit } from '../../../ui/submit.ts';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { placeOf, useActions } from '../../day/actions.ts';
import { useDesk } from '../../desk-context.ts';
import type { StaffBooking } from '../../wire.ts';
import { useFocus } from '../focus.ts';
import { SlotField } from '../slot-field.tsx';

export interface MoveFormProps {
  readonly booking: StaffBooking;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** Where to move a booking, for whoever does not drag it. */
export function MoveForm({ booking, onDone, onBack }: MoveFormProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const { chairs } = useDesk();
  const actions = useActions();
  const form = useFocus<HTMLFormElement>();
  const [barberId, setBarber] = useState(booking.barber_id);
  const [date, setDate] = useState(booking.date);
  const [start, setStart] = useState('');
  const [refusal, setRefusal] = useState<string>();
  // Whose it is keeps it, though the service may be another by now.
  const takers = chairs.filter(
    ({ id, barber }) =>
      id === booking.barber_id || barber?.services.some(({ name }) => name === booking.service),
  );
  const target = { barberId, when: { start } };
  const { busy, run } = useSubmit(() => {
    setRefusal(undefined);
    return actions
      .move(booking, target)
      .then(onDone, (error: unknown) => setRefusal(actions.explain(error, booking, target)));
  });
  return (
    <form class="stack" ref={form} onSubmit={run}>
      <p class="muted">
        {booking.service}, {placeOf(booking, formats)}
      </p>
      <div class="staff-two">
        <Select
          label={words.barber}
          value={barberId}
          onChange={({ currentTarget }) => setBarber(Number(currentTarget.value))}
        >
          {takers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Input
          label={words.date}
          type="date"
          required
          value={date}
          onInput={({ currentTarget }) => setDate(currentTarget.value)}
        />
      </div>
      <SlotField
        {...{ barberId, date }}
        service={booking.service}
        value={start}
        onChoose={setStart}
        moving={booking}
      />
      <div role="alert">{refusal !== undefined && <Notice kind="bad">{refusal}</Notice>}</div>
      <footer class="dialog-actions">
        <button type="submit" class="button primary" disabled={busy}>
          {texts.moveNow}
        </button>
        <button type="button" class="button" onClick={onBack}>
          {texts.back}
        </button>
      </footer>
    </form>
  );
}
