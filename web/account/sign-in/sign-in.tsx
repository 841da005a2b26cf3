import { useState } from 'preact/hooks';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { signIn } from '../auth.ts';
import { EmailInput } from '../email-input.tsx';
import { Form, useForm } from '../form.tsx';
import { PasswordInput } from '../password-input.tsx';
import { linkTo } from './view.ts';

export interface EntryProps {
  readonly email: string;
  readonly onEmail: (email: string) => void;
  readonly onSignedIn: () => Promise<void>;
}

export function SignIn({ email, onEmail, onSignedIn }: EntryProps) {
  const words = useWords(signInWords);
  const [password, setPassword] = useState('');
  const form = useForm({
    needed: { email, password },
    fieldOf: { invalid_email: 'email', invalid_email_or_password: 'password' },
    async work() {
      await signIn(email.trim(), password);
      await onSignedIn();
    },
  });
  return (
    <>
      <Form form={form} submit={words.signIn.submit}>
        <EmailInput value={email} onValue={onEmail} error={form.faults.email} />
        <PasswordInput
          label={words.password}
          value={password}
          onValue={setPassword}
          kind="current"
          error={form.faults.password}
        />
      </Form>
      <nav class="panel-links" aria-label={words.signIn.title}>
        <a href={linkTo('create')}>{words.signIn.create}</a>
        <a href={linkTo('forgot')}>{words.signIn.forgot}</a>
      </nav>
    </>
  );
}
