import type { Booking, Shop } from '../../api/wire.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { toast } from '../../ui/toast.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';

export interface CancelProps {
  readonly booking: Booking;
  readonly shop: Shop;
  readonly cancel: () => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks once more, and says what it means. */
export function Cancel({ booking, shop, cancel, onDone, onClose }: CancelProps) {
  const words = useWords(manageWords).cancel;
  const formats = useFormats();
  const submission = useSubmit(async () => {
    await cancel();
    toast({ text: words.done });
    onDone();
  });
  const { service, start, timezone, barber_name, status } = booking;
  const notice = shop.cancellation_notice_minutes;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>
        <strong>{words.question(service, formats.moment(start, timezone), barber_name)}</strong>
      </p>
      <p>{words.frees}</p>
      {notice > 0 && <p class="muted">{words.notice(formats.duration(notice))}</p>}
      <ErrorNotice error={submission.error} />
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {words.keep}
        </button>
        <button
          type="button"
          class="button danger"
          disabled={status !== 'confirmed'}
          aria-disabled={submission.busy}
          onClick={submission.run}
        >
          {words.confirm}
        </button>
      </footer>
    </Dialog>
  );
}
