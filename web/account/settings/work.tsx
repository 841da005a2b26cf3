import type { Me } from '../../api/wire.ts';
import { accountWords } from '../../words/account.ts';
import { useWords } from '../../words/language.ts';

/** At which shops one works, and as what; nothing for clients. */
export function Work({ me: { roles } }: { readonly me: Me }) {
  const words = useWords(accountWords).work;
  if (roles.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="work">
      <h2 id="work">{words.title}</h2>
      <ul class="plain account-work">
        {roles.map(({ shop, role }) => (
          <li key={`${shop} ${role}`} class="row spread">
            <span>
              <strong>{shop ?? words.everyShop}</strong> <span class="muted">· {words.roles[role]}</span>
            </span>
            <a class="button" href={shop === null ? '/staff' : `/staff?shop=${shop}`}>
              {words.go}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
