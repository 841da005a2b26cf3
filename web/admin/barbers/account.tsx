import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { barbersWords } from '../../words/admin/barbers.ts';
import { useFormats } from '../../words/formats.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { useScope } from '../frame/scope.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDraft } from '../saving/drafts.ts';
import { focusFault } from '../saving/faults.ts';
import { useSave } from '../saving/use-save.ts';
import type { Invitation, ManagedBarber } from '../wire.ts';
import { useBarberChange } from './use-barber-change.ts';

export interface AccountProps {
  readonly barber: ManagedBarber;
  readonly onChange: () => void;
}

/** Who signs in as the barber: the account that is linked, or an invitation to link one. */
export function Account({ barber, onChange }: AccountProps) {
  const words = useWords(barbersWords);
  const unlinking = useBarberChange(barber, onChange);
  const [asking, ask] = useState(false);
  const { account } = barber;
  return (
    <section class="card stack">
      <h3>{words.account}</h3>
      {account === null ? (
        <Invite barber={barber} />
      ) : (
        <>
          <div class="row spread">
            <p>
              <strong>{account.name}</strong>
              <br />
              <span class="muted">{account.email}</span>
            </p>
            <button type="button" class="button" onClick={() => ask(true)}>
              {words.unlink}
            </button>
          </div>
          <ErrorNotice error={unlinking.error} />
        </>
      )}
      {asking && account && (
        <Confirm
          title={words.unlinkAsk(account.name)}
          about={words.unlinkAbout}
          action={words.unlink}
          onClose={() => ask(false)}
          onConfirm={() => void unlinking.change({ account: null }, words.unlinked(account.name))}
        />
      )}
    </section>
  );
}

function Invite({ barber }: { barber: ManagedBarber }) {
  const words = useWords(barbersWords);
  const formats = useFormats();
  const language = useLanguage();
  const { slug, shop } = useScope();
  const draft = useDraft(`barbers/${barber.id}/invite`, '');
  const save = useSave();
  const [invited, setInvited] = useState<Invitation>();

  async function submit(form: HTMLFormElement) {
    const asked = { query: { shop: slug }, body: { email: draft.value } };
    const invitation = await save.once(
      asked,
      (headers) => api.post<Invitation>(`/api/v2/admin/barbers/${barber.id}/invite`, { ...asked, headers }),
      { said: words.invited(draft.value) },
    );
    if (invitation === undefined) return focusFault(form);
    draft.discard();
    setInvited(invitation);
  }

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {invited && (
        <Notice kind="good">
          <p>{words.invitedUntil(invited.email, formats.moment(invited.expires_at, shop.timezone))}</p>
        </Notice>
      )}
      <Input
        type="email"
        autocomplete="off"
        label={words.email}
        hint={words.inviteHint}
        value={draft.value}
        error={fieldFaults(save.error, language).email}
        onInput={({ currentTarget }) => draft.change(currentTarget.value)}
      />
      <ErrorNotice error={save.error} />
      <p>
        <button type="submit" class="button" aria-disabled={save.busy}>
          {words.invite}
        </button>
      </p>
    </form>
  );
}
