import { peopleWords } from '../../words/admin/people.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import type { ShopUser } from '../wire.ts';
import './people.css';

export interface PeopleListProps {
  readonly people: readonly ShopUser[];
  readonly none: string;
  readonly onChange: (person: ShopUser) => void;
}

export function PeopleList({ people, none, onChange }: PeopleListProps) {
  const words = useWords(peopleWords);
  const saving = useWords(savingWords);
  const { me } = useScope();
  const isOwner = me.roles.some(({ shop, role }) => shop === null && role === 'admin');
  if (people.length === 0) return <p class="admin-empty">{none}</p>;
  return (
    <ul class="plain card admin-list">
      {people.map((person) => (
        <li key={person.id}>
          <div class="admin-item">
            <span class="row">
              <strong>{person.name}</strong>
              <span class={`pill ${person.role === 'admin' ? 'good' : ''}`}>
                {words.roles[person.all_shops ? 'owner' : person.role]}
              </span>
              {person.id === me.id && <span class="pill">{words.you}</span>}
            </span>
            <span class="muted small">{person.email}</span>
          </div>
          {(!person.all_shops || isOwner) && (
            <button type="button" class="button quiet small" onClick={() => onChange(person)}>
              {saving.change}
              <span class="unseen">: {person.name}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
