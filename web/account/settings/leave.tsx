import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { forgetVisitor } from '../../api/session.ts';
import type { Me } from '../../api/wire.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Input } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { accountWords } from '../../words/account.ts';
import { useWords } from '../../words/language.ts';
import { codeOf } from '../auth.ts';
import { Form, useForm } from '../form.tsx';

/** The end of the account, which takes some typing. */
export function Leave({ me }: { readonly me: Me }) {
  const words = useWords(accountWords).leave;
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="card stack" aria-labelledby="leave">
      <h2 id="leave">{words.title}</h2>
      <p class="muted">{words.text}</p>
      <p>
        <button type="button" class="button danger" onClick={() => setOpen(true)}>
          {words.open}
        </button>
      </p>
      {isOpen && <LeaveDialog me={me} onClose={() => setOpen(false)} />}
    </section>
  );
}

function LeaveDialog({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const words = useWords(accountWords).leave;
  const [typed, setTyped] = useState('');
  const isSame = typed.trim().toLowerCase() === me.email.toLowerCase();
  const form = useForm({
    needed: { typed },
    explained: ['forbidden'],
    check: () => (isSame ? {} : { typed: words.different }),
    async work() {
      await api.delete('/api/v2/me');
      forgetVisitor();
      location.assign('/');
    },
  });
  const isLastOwner = codeOf(form.error) === 'forbidden';
  return (
    <Dialog title={words.question} onClose={onClose}>
      <p>{words.consequences}</p>
      <p>
        {words.bookings} <a href="/my-bookings?status=confirmed">{words.seeBookings}</a>
      </p>
      {isLastOwner && (
        <div role="alert">
          <Notice kind="bad">{words.lastOwner}</Notice>
        </div>
      )}
      <Form
        form={form}
        submit={words.submit}
        isDanger
        beside={
          <button type="button" class="button" onClick={onClose}>
            {words.keep}
          </button>
        }
      >
        <Input
          label={words.confirmation(me.email)}
          autocomplete="off"
          value={typed}
          error={form.faults.typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </Form>
    </Dialog>
  );
}
