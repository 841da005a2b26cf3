import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { signOut, useMe } from '../../api/session.ts';
import { shopOfQuery } from '../../api/where.ts';
import type { Me } from '../../api/wire.ts';
import { useFocusOnChange } from '../../ui/focus.ts';
import { Shell } from '../../ui/shell.tsx';
import { useWords } from '../../words/language.ts';
import { signInWords } from '../../words/sign-in.ts';
import { Panel } from '../panel.tsx';
import { AlreadySignedIn } from './already-signed-in.tsx';
import { Forgot } from './forgot.tsx';
import { nextOf } from './next.ts';
import { SignIn } from './sign-in.tsx';
import { SignUp } from './sign-up.tsx';
import { useView } from './view.ts';

/** `/sign-in`: in, or a new account, or a way back to a lost one. */
export function SignInPage() {
  const words = useWords(signInWords);
  const shop = shopOfQuery();
  const me = useMe(shop);
  const view = useView();
  const heading = useFocusOnChange(view);
  // The same person in every view.
  const [email, setEmail] = useState('');
  const { title, text } = words[view];
  const shared = { email, onEmail: setEmail, onSignedIn: goOn };
  return (
    <Shell title={title} page="account" shop={shop} me={me.value}>
      {me.value ? (
        <Panel title={title}>
          <AlreadySignedIn me={me.value} onGo={goOn} onOther={() => signOut(`/sign-in${location.search}`)} />
        </Panel>
      ) : (
        <Panel title={title} text={text} heading={heading}>
          {view === 'signIn' && <SignIn {...shared} />}
          {view === 'create' && <SignUp {...shared} />}
          {view === 'forgot' && <Forgot {...shared} />}
        </Panel>
      )}
    </Shell>
  );
}

/** To where one came from, else to what one most likely came for. */
async function goOn(): Promise<void> {
  const next = nextOf(location.search, location.origin);
  if (next !== undefined) return location.assign(next);
  const { roles } = await api.get<Me>('/api/v2/me');
  location.assign(roles.length > 0 ? '/staff' : '/my-bookings');
}
