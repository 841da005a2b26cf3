import { peopleWords } from '../../words/admin/people.ts';
import { useWords } from '../../words/language.ts';
import { Choice } from '../parts/choice.tsx';
import type { ShopUser } from '../wire.ts';

export type Role = ShopUser['role'];

/** What each role may do, in a sentence. */
export function RolesExplained() {
  const words = useWords(peopleWords);
  return (
    <details class="card admin-roles">
      <summary>{words.explain}</summary>
      <dl>
        {(['owner', 'admin', 'barber', 'client'] as const).map((role) => (
          <div key={role}>
            <dt>{words.roles[role]}</dt>
            <dd class="muted">{words.may[role]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export interface RoleChoiceProps {
  readonly value: Role;
  /** Those that can be chosen. */
  readonly roles: readonly Role[];
  readonly onChange: (role: Role) => void;
}

export function RoleChoice({ value, roles, onChange }: RoleChoiceProps) {
  const words = useWords(peopleWords);
  return (
    <Choice
      name="role"
      legend={words.role}
      value={value}
      options={roles.map((role) => ({ value: role, label: words.roles[role], about: words.may[role] }))}
      onChange={onChange}
    />
  );
}
