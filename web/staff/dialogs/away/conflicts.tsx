import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { placeOf } from '../../day/actions.ts';
import type { StaffBooking } from '../../wire.ts';
import { useFocus } from '../focus.ts';

export interface ConflictsProps {
  readonly conflicts: readonly StaffBooking[];
  readonly onBooking: (booking: StaffBooking) => void;
}

/** The bookings that lie in a time that was blocked, each with the way to move it. */
export function Conflicts({ conflicts, onBooking }: ConflictsProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const first = useFocus<HTMLUListElement>();
  return (
    <>
      <p>{texts.conflictsHint}</p>
      <ul class="plain stack" ref={first}>
        {conflicts.map((booking) => {
          const name = booking.client?.name ?? words.walkIn;
          return (
            <li key={booking.id} class="row spread">
              <span>
                <strong>{name}</strong>
                <br />
                {booking.service}, {placeOf(booking, formats)}
              </span>
              <button type="button" class="button" onClick={() => onBooking(booking)}>
                {words.move}
                <span class="unseen"> {name}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
