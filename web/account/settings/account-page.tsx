import { useMe } from '../../api/session.ts';
import type { Me } from '../../api/wire.ts';
import { Gate } from '../../ui/gate.tsx';
import { Shell } from '../../ui/shell.tsx';
import { accountWords } from '../../words/account.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import './account-page.css';
import { Leave } from './leave.tsx';
import { OwnData } from './own-data.tsx';
import { Password } from './password.tsx';
import { Profile } from './profile.tsx';
import { Work } from './work.tsx';

/** `/account` */
export function AccountPage() {
  const words = useWords(accountWords);
  const me = useMe(undefined);
  return (
    <Shell title={words.title} page="account" me={me.value}>
      <div class="account">
        <header>
          <h1>{words.title}</h1>
          {me.value && <Since me={me.value} />}
        </header>
        <Gate me={me.value} error={me.error} atLeast="client">
          {me.value && (
            <div class="account-cards">
              <div class="account-cards-column">
                <Profile me={me.value} onSaved={me.reload} />
                <Password email={me.value.email} />
              </div>
              <div class="account-cards-column">
                <Work me={me.value} />
                <OwnData />
                <Leave me={me.value} />
              </div>
            </div>
          )}
        </Gate>
      </div>
    </Shell>
  );
}

function Since({ me: { created_at } }: { readonly me: Me }) {
  const words = useWords(accountWords);
  const formats = useFormats();
  return <p class="muted">{words.since(formats.fullDate(created_at))}</p>;
}
