import { useState } from 'preact/hooks';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { requestReset } from '../auth.ts';
import { EmailInput } from '../email-input.tsx';
import { Form, useForm } from '../form.tsx';
import type { EntryProps } from './sign-in.tsx';
import { linkTo } from './view.ts';

export function Forgot({ email, onEmail }: Omit<EntryProps, 'onSignedIn'>) {
  const words = useWords(signInWords);
  /** To which address. */
  const [sent, setSent] = useState<string>();
  const form = useForm({
    needed: { email },
    fieldOf: { invalid_email: 'email', validation_error: 'email' },
    async work() {
      await requestReset(email.trim());
      setSent(email.trim());
    },
  });
  return (
    <>
      <Form form={form} submit={words.forgot.submit}>
        <EmailInput value={email} onValue={onEmail} error={form.faults.email} />
      </Form>
      <div role="status">
        {sent !== undefined && (
          <Notice kind="good">
            <p>{words.forgot.sent(sent)}</p>
            <p>
              <a href="/reset-password">{words.forgot.code}</a>
            </p>
          </Notice>
        )}
      </div>
      <nav class="panel-links" aria-label={words.forgot.title}>
        <a href={linkTo('signIn')}>{words.forgot.back}</a>
      </nav>
    </>
  );
}
