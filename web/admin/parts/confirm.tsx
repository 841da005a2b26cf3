import { Dialog } from '../../ui/dialog.tsx';
import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';

export interface ConfirmProps {
  readonly title: string;
  /** What it does, and to whom. */
  readonly about: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks again before what somebody else would notice. */
export function Confirm({ title, about, action, onConfirm, onClose }: ConfirmProps) {
  const { cancel } = useWords(savingWords);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{about}</p>
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {cancel}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </button>
      </footer>
    </Dialog>
  );
}
