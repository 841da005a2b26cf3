import { api } from '../../api/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { barbersWords } from '../../words/admin/barbers.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { go } from '../frame/address.ts';
import { useScope } from '../frame/scope.ts';
import { useDraft } from '../saving/drafts.ts';
import { focusFault } from '../saving/faults.ts';
import { useSave } from '../saving/use-save.ts';
import type { ManagedBarber } from '../wire.ts';

/** Asks for a name; the rest is set up on the page of the new barber. */
export function AddBarber({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const words = useWords(barbersWords);
  const saving = useWords(savingWords);
  const language = useLanguage();
  const { slug } = useScope();
  const draft = useDraft('barbers/new', '');
  const save = useSave();
  const faults = fieldFaults(save.error, language);

  async function submit(form: HTMLFormElement) {
    const name = draft.value;
    const asked = { query: { shop: slug }, body: { name } };
    const made = await save.once(
      asked,
      (headers) => api.post<ManagedBarber>('/api/v2/admin/barbers', { ...asked, headers }),
      { said: words.added(name) },
    );
    if (made === undefined) return focusFault(form);
    draft.discard();
    onClose();
    onAdded();
    go({ shop: slug, section: 'barbers', item: String(made.id) });
  }

  return (
    <Dialog title={words.add} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <Input
          label={words.name}
          hint={words.addHint}
          value={draft.value}
          maxLength={200}
          error={faults.name}
          onInput={({ currentTarget }) => draft.change(currentTarget.value)}
        />
        <ErrorNotice error={save.error} />
        <footer class="row admin-end">
          <button
            type="button"
            class="button"
            onClick={() => {
              draft.discard();
              onClose();
            }}
          >
            {saving.cancel}
          </button>
          <button type="submit" class="button primary" aria-disabled={save.busy}>
            {words.add}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
