import { useState } from 'preact/hooks';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { barbersWords } from '../../words/admin/barbers.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Conflicts } from '../saving/conflicts.tsx';
import { useDraft } from '../saving/drafts.ts';
import { SavedForm } from '../saving/form.tsx';
import type { ManagedBarber } from '../wire.ts';
import { Account } from './account.tsx';
import { useBarberChange } from './use-barber-change.ts';

export interface ProfileProps {
  readonly barber: ManagedBarber;
  readonly onChange: () => void;
}

/** The name, the account, and whether one still works here. */
export function Profile({ barber, onChange }: ProfileProps) {
  const words = useWords(barbersWords);
  const language = useLanguage();
  const { id, name, active, account } = barber;
  const draft = useDraft(`barbers/${id}/name`, name);
  const naming = useBarberChange(barber, onChange);
  const working = useBarberChange(barber, onChange);
  const [retiring, retire] = useState(false);
  const showConflicts = working.conflicts.length > 0 ? working : naming;

  return (
    <>
      <Conflicts conflicts={showConflicts.conflicts} onClose={showConflicts.clear} />
      <SavedForm
        draft={draft}
        save={naming}
        onSubmit={async () => {
          const isSaved = await naming.change({ name: draft.value }, words.saved(draft.value));
          if (isSaved) draft.settle();
          return isSaved;
        }}
      >
        <Input
          label={words.name}
          value={draft.value}
          maxLength={200}
          error={fieldFaults(naming.error, language).name}
          onInput={({ currentTarget }) => draft.change(currentTarget.value)}
        />
      </SavedForm>
      {active && <Account barber={barber} onChange={onChange} />}
      <section class="card stack">
        <h3>{active ? words.retireTitle : words.retiredTitle}</h3>
        <p class="muted">{active ? words.retireAbout : words.retiredAbout}</p>
        <ErrorNotice error={working.error} />
        <p>
          {active ? (
            <button type="button" class="button danger" onClick={() => retire(true)}>
              {words.retire}
            </button>
          ) : (
            <button
              type="button"
              class="button"
              onClick={() => void working.change({ active: true }, words.broughtBack(name))}
            >
              {words.bringBack}
            </button>
          )}
        </p>
      </section>
      {retiring && (
        <Confirm
          title={words.retireAsk(name)}
          about={account === null ? words.retireAbout : words.retireWithAccount(account.email)}
          action={words.retire}
          onClose={() => retire(false)}
          // Unlike DELETE this names the bookings that nobody will be there for.
          onConfirm={() => void working.change({ active: false, account: null }, words.hasRetired(name))}
        />
      )}
    </>
  );
}
