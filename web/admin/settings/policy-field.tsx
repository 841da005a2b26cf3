import { settingsWords } from '../../words/admin/settings.ts';
import { useWords } from '../../words/language.ts';
import { Choice } from '../parts/choice.tsx';
import type { AdminShop } from '../wire.ts';

type Policy = AdminShop['assignment_policy'];
const POLICIES: readonly Policy[] = ['fewest_minutes', 'round_robin', 'usual_barber'];

export interface PolicyFieldProps {
  readonly value: Policy;
  readonly onChange: (policy: Policy) => void;
}

/** Who gets a client that takes anybody. */
export function PolicyField({ value, onChange }: PolicyFieldProps) {
  const words = useWords(settingsWords);
  return (
    <Choice
      name="policy"
      legend={words.policy}
      value={value}
      options={POLICIES.map((policy) => ({
        value: policy,
        label: words.policies[policy].name,
        about: words.policies[policy].about,
      }))}
      onChange={onChange}
    />
  );
}
