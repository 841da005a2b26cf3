import { useState } from 'preact/hooks';
import { Input } from '../../ui/field.tsx';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { signUp } from '../auth.ts';
import { EmailInput } from '../email-input.tsx';
import { Form, useForm } from '../form.tsx';
import { PasswordInput } from '../password-input.tsx';
import type { EntryProps } from './sign-in.tsx';
import { linkTo } from './view.ts';

const FIELDS = {
  invalid_name: 'name',
  invalid_email: 'email',
  user_already_exists_use_another_email: 'email',
  password_too_short: 'password',
  password_too_long: 'password',
};

export function SignUp({ email, onEmail, onSignedIn }: EntryProps) {
  const words = useWords(signInWords);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm({
    needed: { name, email, password },
    fieldOf: FIELDS,
    async work() {
      await signUp(name.trim(), email.trim(), password);
      await onSignedIn();
    },
  });
  return (
    <>
      <Form form={form} submit={words.create.submit}>
        <Input
          label={words.name}
          autocomplete="name"
          maxLength={200}
          value={name}
          error={form.faults.name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <EmailInput value={email} onValue={onEmail} error={form.faults.email} />
        <PasswordInput
          label={words.password}
          value={password}
          onValue={setPassword}
          kind="new"
          error={form.faults.password}
        />
      </Form>
      <nav class="panel-links" aria-label={words.create.title}>
        <a href={linkTo('signIn')}>{words.create.back}</a>
      </nav>
    </>
  );
}
