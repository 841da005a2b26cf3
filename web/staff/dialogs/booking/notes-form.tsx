import { useState } from 'preact/hooks';
import { TextArea } from '../../../ui/field.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useWords } from '../../../words/language.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { useActions } from '../../day/actions.ts';
import type { StaffBooking } from '../../wire.ts';

/** The notes of a booking, which can be changed as long as it is not cancelled. */
export function NotesForm({ booking }: { readonly booking: StaffBooking }) {
  const texts = useWords(staffDialogWords);
  const actions = useActions();
  const kept = booking.notes ?? '';
  const [typed, type] = useState(kept);
  const [error, setError] = useState<unknown>();
  if (booking.status === 'cancelled') return kept === '' ? null : <p>{kept}</p>;
  const save = (event: Event) => {
    event.preventDefault();
    setError(undefined);
    actions.note(booking, typed).then(() => toast({ text: texts.saved }), setError);
  };
  return (
    <form class="staff-dialog-part" onSubmit={save}>
      <TextArea
        label={texts.notes}
        hint={texts.notesHint}
        value={typed}
        maxLength={2000}
        onInput={({ currentTarget }) => type(currentTarget.value)}
      />
      <ErrorNotice error={error} />
      {typed.trim() !== kept.trim() && (
        <div>
          <button type="submit" class="button">
            {texts.save}
          </button>
        </div>
      )}
    </form>
  );
}
