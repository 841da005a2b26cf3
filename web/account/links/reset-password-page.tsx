import { useState } from 'preact/hooks';
import { useMe } from '../../api/session.ts';
import { Input } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shell } from '../../ui/shell.tsx';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { codeOf, resetPassword } from '../auth.ts';
import { Form, useForm } from '../form.tsx';
import { Panel } from '../panel.tsx';
import { PasswordInput } from '../password-input.tsx';

/** `/reset-password?token=`, from a mail; without the token it is typed in, or pasted. */
export function ResetPasswordPage() {
  const words = useWords(signInWords);
  const me = useMe(undefined);
  const [isDone, setDone] = useState(false);
  return (
    <Shell title={words.reset.title} page="account" me={isDone ? null : me.value}>
      <Panel title={words.reset.title} text={isDone ? undefined : words.reset.text}>
        {isDone ? (
          <div class="stack" role="status">
            <Notice kind="good">{words.reset.done}</Notice>
            <a class="button primary" href="/sign-in">
              {words.signIn.submit}
            </a>
          </div>
        ) : (
          <NewPassword onDone={() => setDone(true)} />
        )}
      </Panel>
    </Shell>
  );
}

function NewPassword({ onDone }: { readonly onDone: () => void }) {
  const all = useWords(signInWords);
  const words = all.reset;
  const query = new URLSearchParams(location.search);
  const linked = query.get('token') ?? '';
  const [token, setToken] = useState(linked);
  const [password, setPassword] = useState('');
  const form = useForm({
    needed: { token, password },
    explained: ['invalid_token'],
    fieldOf: { password_too_short: 'password', password_too_long: 'password' },
    async work() {
      await resetPassword(token.trim(), password);
      onDone();
    },
  });
  // The server's own link comes back with an error where the token is none.
  const isUseless = query.has('error') || codeOf(form.error) === 'invalid_token';
  if (isUseless && linked !== '') return <Useless />;
  return (
    <>
      {isUseless && <Useless />}
      <Form form={form} submit={words.submit}>
        {linked === '' && (
          <Input
            label={words.code}
            hint={words.codeHint}
            autocomplete="one-time-code"
            maxLength={200}
            value={token}
            error={form.faults.token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        )}
        <PasswordInput
          label={all.newPassword}
          value={password}
          onValue={setPassword}
          kind="new"
          error={form.faults.password}
        />
      </Form>
    </>
  );
}

function Useless() {
  const words = useWords(signInWords).reset;
  return (
    <div role="alert">
      <Notice kind="warn">
        <p>{words.useless}</p>
        <p>
          <a class="button" href="/sign-in#forgot">
            {words.again}
          </a>
        </p>
      </Notice>
    </div>
  );
}
