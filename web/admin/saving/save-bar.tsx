import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';
import './save-bar.css';

export interface SaveBarProps {
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly onDiscard: () => void;
}

/** At the foot of a form: whether all is saved, and how to. It stays in sight while something waits. */
export function SaveBar({ dirty, busy, onDiscard }: SaveBarProps) {
  const words = useWords(savingWords);
  return (
    <div class={`admin-save ${dirty ? 'dirty' : ''}`}>
      <p role="status">{busy ? words.saving : dirty ? words.unsaved : words.saved}</p>
      <div class="row">
        {dirty && (
          <button type="button" class="button quiet" onClick={onDiscard}>
            {words.discard}
          </button>
        )}
        <button type="submit" class="button primary" aria-disabled={!dirty || busy}>
          {words.save}
        </button>
      </div>
    </div>
  );
}
