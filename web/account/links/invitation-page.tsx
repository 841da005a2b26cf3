import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import { signInLink, signOut, useMe } from '../../api/session.ts';
import { shopOfQuery } from '../../api/where.ts';
import type { Me, Shop } from '../../api/wire.ts';
import { Input } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shell } from '../../ui/shell.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { codeOf } from '../auth.ts';
import { Form, useForm } from '../form.tsx';
import { Panel } from '../panel.tsx';
import type { Acceptance } from '../wire.ts';

/** `/invitation?token=`, from a mail: an account becomes the barber it was invited to be. */
export function InvitationPage() {
  const words = useWords(signInWords).invitation;
  const me = useMe(undefined);
  /** Slug, once it is accepted. */
  const [slug, setSlug] = useState<string>();
  const shop = useResource(slug && `shop ${slug}`, (signal) =>
    api.get<Shop>('/api/v2/shop', { query: { shop: slug }, signal }),
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (slug !== undefined) heading.current?.focus();
  }, [slug]);
  const title = slug === undefined ? words.title : words.welcome;
  return (
    <Shell title={title} page="account" me={me.value}>
      <Panel title={title} text={slug === undefined ? words.text : undefined} heading={heading}>
        {slug !== undefined ? (
          <div class="stack">
            <p>{words.done(shop.value?.name ?? slug)}</p>
            <a class="button primary" href={`/staff?shop=${slug}`}>
              {words.go}
            </a>
          </div>
        ) : (
          <Invited me={me.value} onAccepted={setSlug} />
        )}
      </Panel>
    </Shell>
  );
}

interface InvitedProps {
  readonly me: Me | null | undefined;
  /** With the slug of the shop. */
  readonly onAccepted: (shop: string) => void;
}

function Invited({ me, onAccepted }: InvitedProps) {
  const words = useWords(signInWords).invitation;
  if (me === undefined) return <Skeleton height="3rem" lines={2} />;
  if (me !== null) return <Accept me={me} onAccepted={onAccepted} />;
  return (
    <div class="stack">
      <a class="button primary" href={signInLink()}>
        {words.signIn}
      </a>
      <a class="button" href={`${signInLink()}#create`}>
        {words.create}
      </a>
    </div>
  );
}

function Accept({ me, onAccepted }: InvitedProps & { readonly me: Me }) {
  const words = useWords(signInWords).invitation;
  const linked = new URLSearchParams(location.search).get('token') ?? '';
  const [token, setToken] = useState(linked);
  const leaving = useSubmit(() => signOut(signInLink()));
  const form = useForm({
    needed: { token },
    explained: ['validation_failed'],
    async work() {
      const body = { token: token.trim(), shop: shopOfQuery() };
      const { shop } = await api.post<Acceptance>('/api/v2/invitations/accept', { body });
      onAccepted(shop);
    },
  });
  const isUseless = codeOf(form.error) === 'validation_failed';
  return (
    <>
      <p>{words.as(me.email)}</p>
      {isUseless && (
        <div role="alert">
          <Notice kind="warn">{words.useless}</Notice>
        </div>
      )}
      <Form
        form={form}
        submit={words.accept}
        beside={
          <button type="button" class="button quiet" aria-disabled={leaving.busy} onClick={leaving.run}>
            {words.other}
          </button>
        }
      >
        {linked === '' && (
          <Input
            label={words.code}
            hint={words.codeHint}
            autocomplete="off"
            maxLength={200}
            value={token}
            error={form.faults.token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        )}
      </Form>
    </>
  );
}
