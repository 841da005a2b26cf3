import { useState } from 'preact/hooks';
import { Refused } from '../../../api/client.ts';
import { TextArea } from '../../../ui/field.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { useSubmit } from '../../../ui/submit.ts';
import { toast } from '../../../ui/toast.tsx';
import { useWords } from '../../../words/language.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { useActions } from '../../day/actions.ts';
import type { StaffBooking } from '../../wire.ts';

type Noted = Pick<StaffBooking, 'id' | 'version' | 'notes'>;

interface Typed {
  readonly text: string;
  /**
   * What was there when it was begun, so that what somebody else writes meanwhile is not written over unseen.
   * Undefined once they have been told of that: then it is meant.
   */
  readonly over: Noted | undefined;
}

/** The notes of a booking, which can be changed as long as it is not cancelled. */
export function NotesForm({ booking }: { readonly booking: StaffBooking }) {
  const texts = useWords(staffDialogWords);
  const actions = useActions();
  const [typed, setTyped] = useState<Typed>();
  // The answer is here before the schedule is read again.
  const [saved, setSaved] = useState<Noted>(booking);
  const now: Noted = saved.version > booking.version ? saved : booking;
  const kept = now.notes ?? '';
  const text = typed?.text ?? kept;
  const begun = typed?.over ?? now;
  const over = begun.notes === now.notes ? now : begun;
  const isTold = typed !== undefined && typed.over === undefined;
  const { error, run } = useSubmit(async () => {
    try {
      setSaved(await actions.note(over, text));
      setTyped(undefined);
      toast({ text: texts.saved });
    } catch (cause) {
      if (cause instanceof Refused && cause.code === 'version_conflict') setTyped({ text, over: undefined });
      throw cause;
    }
  });
  if (booking.status === 'cancelled') return kept === '' ? null : <p>{kept}</p>;
  return (
    <form class="staff-dialog-part" onSubmit={run}>
      <TextArea
        label={texts.notes}
        hint={texts.notesHint}
        value={text}
        maxLength={2000}
        onInput={({ currentTarget: { value } }) => setTyped({ text: value, over: isTold ? undefined : over })}
      />
      <ErrorNotice error={error}>
        {isTold && <p>{texts.notesMeanwhile(kept || texts.nothing)}</p>}
      </ErrorNotice>
      {text.trim() !== kept.trim() && (
        <div>
          <button type="submit" class="button">
            {texts.save}
          </button>
        </div>
      )}
    </form>
  );
}
