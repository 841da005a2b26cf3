import { api } from '../../../api/client.ts';
import { rangeText } from '../../../time/range.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { useSubmit } from '../../../ui/submit.ts';
import { toast } from '../../../ui/toast.tsx';
import { useFormats } from '../../../words/formats.ts';
import { useLanguage, useWords } from '../../../words/language.ts';
import { sentenceOf } from '../../../words/problems.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { useDesk } from '../../desk-context.ts';
import type { TimeOff } from '../../wire.ts';

export interface TimeOffProps {
  readonly off: TimeOff;
  readonly barberId: number;
  readonly onClose: () => void;
}

/** Time off that there is, and how to take it back. */
export function TimeOffDialog({ off, barberId, onClose }: TimeOffProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const language = useLanguage();
  const { slug, chairs, reload } = useDesk();
  const name = chairs.find(({ id }) => id === barberId)?.name ?? '';
  const { id, reason, whole } = off;
  const path = `/api/v2/admin/barbers/${barberId}/time-off`;
  const query = { shop: slug };
  const undo = () =>
    void api
      .post(path, { query, body: { ...whole, reason } })
      .finally(reload)
      .then(
        () => toast({ kind: 'good', text: texts.blocked(name) }),
        (failed: unknown) => toast({ kind: 'bad', text: sentenceOf(failed, language) }),
      );
  const { busy, error, run } = useSubmit(async () => {
    await api.delete(`${path}/${id}`, { query }).finally(reload);
    toast({ text: texts.unblocked, action: { label: words.undo, run: undo } });
    onClose();
  });
  return (
    <Dialog title={texts.offTitle(name)} onClose={onClose}>
      <p>{rangeText(whole, formats)}</p>
      {reason && <p>{reason}</p>}
      <p class="muted">{texts.offHint}</p>
      <ErrorNotice error={error} />
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {texts.done}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={run}>
          {words.remove}
        </button>
      </footer>
    </Dialog>
  );
}
