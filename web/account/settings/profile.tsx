import { useState } from 'preact/hooks';
import type { Me } from '../../api/wire.ts';
import { Input } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { accountWords } from '../../words/account.ts';
import { useWords } from '../../words/language.ts';
import { rename } from '../auth.ts';
import { Form, useForm } from '../form.tsx';

export interface ProfileProps {
  readonly me: Me;
  readonly onSaved: () => void;
}

export function Profile({ me, onSaved }: ProfileProps) {
  const words = useWords(accountWords).profile;
  const [name, setName] = useState(me.name);
  const form = useForm({
    needed: { name },
    fieldOf: { invalid_name: 'name' },
    async work() {
      await rename(name.trim());
      toast({ kind: 'good', text: words.done });
      onSaved();
    },
  });
  return (
    <section class="card stack" aria-labelledby="profile">
      <h2 id="profile">{words.title}</h2>
      <dl class="account-facts">
        <dt>{words.email}</dt>
        <dd>{me.email}</dd>
        <dd class="small muted">{words.emailHint}</dd>
      </dl>
      <Form form={form} submit={words.save}>
        <Input
          label={words.name}
          autocomplete="name"
          maxLength={200}
          value={name}
          error={form.faults.name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </Form>
    </section>
  );
}
