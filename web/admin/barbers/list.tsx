import { barbersWords } from '../../words/admin/barbers.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { Link } from '../frame/link.tsx';
import { useScope } from '../frame/scope.ts';
import { minutesOf, shownPeriods } from '../week/week.ts';
import type { ManagedBarber } from '../wire.ts';

/** Who works here, and below them who has retired. */
export function BarberList({ barbers }: { barbers: readonly ManagedBarber[] }) {
  const words = useWords(barbersWords);
  const saving = useWords(savingWords);
  const formats = useFormats();
  const { slug } = useScope();
  if (barbers.length === 0) return <p class="admin-empty">{words.none}</p>;
  const ordered = [...barbers].sort((a, b) => Number(b.active) - Number(a.active));
  return (
    <ul class="plain card admin-list">
      {ordered.map(({ id, name, active, account, services, weekly_hours }) => (
        <li key={id} class={active ? undefined : 'admin-retired'}>
          <div class="admin-item">
            <span class="row">
              <strong>{name}</strong>
              {!active && <span class="pill">{words.retired}</span>}
              {active && services.length === 0 && <span class="pill warn">{words.offersNothing}</span>}
            </span>
            <span class="small number">
              {words.summary(formats.duration(minutesOf(shownPeriods(weekly_hours))), services.length)}
            </span>
            <span class="muted small">{account?.email ?? words.noAccount}</span>
          </div>
          <Link class="button quiet small" to={{ shop: slug, section: 'barbers', item: String(id) }}>
            {saving.change}
            <span class="unseen">: {name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
