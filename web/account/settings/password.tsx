import { useState } from 'preact/hooks';
import { toast } from '../../ui/toast.tsx';
import { accountWords } from '../../words/account.ts';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { changePassword } from '../auth.ts';
import { Form, useForm } from '../form.tsx';
import { PasswordInput } from '../password-input.tsx';

const FIELDS = { invalid_password: 'current', password_too_short: 'chosen', password_too_long: 'chosen' };

/** `email` is for password managers, which keep one password for it. */
export function Password({ email }: { readonly email: string }) {
  const words = useWords(accountWords).password;
  const { newPassword } = useWords(signInWords);
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState('');
  const form = useForm({
    needed: { current, chosen },
    fieldOf: FIELDS,
    async work() {
      await changePassword(current, chosen);
      setCurrent('');
      setChosen('');
      toast({ kind: 'good', text: words.done });
    },
  });
  return (
    <section class="card stack" aria-labelledby="password">
      <h2 id="password">{words.title}</h2>
      <p class="muted">{words.text}</p>
      <Form form={form} submit={words.submit}>
        <input type="hidden" autocomplete="username" value={email} />
        <PasswordInput
          label={words.current}
          value={current}
          onValue={setCurrent}
          kind="current"
          canBeShown={false}
          error={form.faults.current}
        />
        <PasswordInput
          label={newPassword}
          value={chosen}
          onValue={setChosen}
          kind="new"
          error={form.faults.chosen}
        />
      </Form>
    </section>
  );
}
