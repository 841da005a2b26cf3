import { useState } from 'preact/hooks';
import { api } from '../../../api/client.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { range } from '../../calendar/content.ts';
import { useDesk } from '../../desk-context.ts';
import { dateOf, wallAt } from '../../time/wall-clock.ts';
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
  const { slug, shop, chairs, reload } = useDesk();
  const [error, setError] = useState<unknown>();
  const name = chairs.find(({ id }) => id === barberId)?.name ?? '';
  const remove = () => {
    setError(undefined);
    api
      .delete(`/api/v2/admin/barbers/${barberId}/time-off/${off.id}`, { query: { shop: slug } })
      .finally(reload)
      .then(() => {
        toast({ text: texts.unblocked });
        onClose();
      }, setError);
  };
  return (
    <Dialog title={texts.offTitle(name)} onClose={onClose}>
      <p>
        {formats.date(dateOf(wallAt(off.start, shop.timezone)))}, {range(off, formats, shop.timezone)}
      </p>
      {off.reason && <p>{off.reason}</p>}
      <p class="muted">{texts.offHint}</p>
      <ErrorNotice error={error} />
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {texts.done}
        </button>
        <button type="button" class="button danger" onClick={remove}>
          {words.remove}
        </button>
      </footer>
    </Dialog>
  );
}
