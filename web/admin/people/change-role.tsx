import { useState } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { peopleWords } from '../../words/admin/people.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import { useSave } from '../saving/use-save.ts';
import type { ShopUser } from '../wire.ts';
import { type Role, RoleChoice } from './roles.tsx';
import { isForbidden, setRole } from './set-role.ts';

export interface ChangeRoleProps {
  readonly person: ShopUser;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Another role for somebody, or none. */
export function ChangeRole({ person, onClose, onSaved }: ChangeRoleProps) {
  const words = useWords(peopleWords);
  const saving = useWords(savingWords);
  const { slug, me, reload } = useScope();
  const save = useSave();
  const [role, choose] = useState<Role>(person.role);
  const isMe = person.id === me.id;
  const loses = role !== person.role && person.role === 'admin';

  async function submit() {
    if (role === person.role) return onClose();
    const said = role === 'client' ? words.taken(person.name) : words.given(person.name, words.roles[role]);
    const answer = await save.run(() => setRole(slug, person, role), { said });
    if (answer === undefined) return;
    onClose();
    onSaved();
    if (isMe) reload();
  }

  return (
    <Dialog title={person.name} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class="muted">{person.email}</p>
        <RoleChoice value={role} roles={['admin', 'barber', 'client']} onChange={choose} />
        <div role="status">
          {loses && (isMe || person.all_shops) && (
            <Notice kind="warn">
              <p>{person.all_shops ? words.losesAll : words.losesOwn}</p>
            </Notice>
          )}
        </div>
        {person.all_shops && isForbidden(save.error) ? (
          <div role="alert">
            <Notice kind="bad">
              <p>{words.lastOwner}</p>
            </Notice>
          </div>
        ) : (
          <ErrorNotice error={save.error} />
        )}
        <footer class="row admin-end">
          <button type="button" class="button" onClick={onClose}>
            {saving.cancel}
          </button>
          <button type="submit" class={`button ${loses ? 'danger' : 'primary'}`} aria-disabled={save.busy}>
            {saving.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
