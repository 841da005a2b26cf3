import { useState } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { peopleWords } from '../../words/admin/people.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { useScope } from '../frame/scope.ts';
import { useDraft } from '../saving/drafts.ts';
import { focusFault } from '../saving/faults.ts';
import { useSave } from '../saving/use-save.ts';
import { type Role, RoleChoice } from './roles.tsx';
import { accountOf, setRole } from './set-role.ts';

/** Gives a role to somebody whose address one knows. */
export function AddPerson({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const words = useWords(peopleWords);
  const saving = useWords(savingWords);
  const language = useLanguage();
  const { slug } = useScope();
  const draft = useDraft<{ email: string; role: Role }>('people/new', {
    email: '',
    role: 'barber',
  });
  const save = useSave();
  const [unknown, setUnknown] = useState(false);
  const { email, role } = draft.value;

  async function submit(form: HTMLFormElement) {
    setUnknown(false);
    const answer = await save.run(
      async () => {
        const account = email.trim() === '' ? undefined : await accountOf(slug, email);
        return account === undefined ? null : await setRole(slug, account, role);
      },
      { said: (given) => given?.name && words.given(given.name, words.roles[role]) },
    );
    if (answer === null) setUnknown(true);
    if (!answer) return focusFault(form);
    draft.discard();
    onClose();
    onSaved();
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
          type="email"
          autocomplete="off"
          label={words.email}
          hint={words.emailHint}
          value={email}
          error={unknown ? words.unknown : fieldFaults(save.error, language).email}
          onInput={({ currentTarget }) => draft.change({ email: currentTarget.value, role })}
        />
        <RoleChoice
          value={role}
          roles={['admin', 'barber']}
          onChange={(chosen) => draft.change({ email, role: chosen })}
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
            {words.give}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
