import { lifetimeWords } from '../../words/cache/lifetimes.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import type { KindAdvice } from '../wire.ts';

export interface OptionsProps {
  readonly advice: KindAdvice;
  /** Not there for those who may not. */
  readonly onApply?: (seconds: number) => void;
}

/** What half, twice and four times the lifetime would give. */
export function Options({ advice, onApply }: OptionsProps) {
  const words = useWords(lifetimeWords);
  const { lasting, percent, bytes } = useFigures();
  const { recommendation, lifetime_seconds: present } = advice;
  // Above a day they are all a day.
  const options = advice.options.filter(
    ({ lifetime_seconds }, i, all) => lifetime_seconds !== all[i - 1]?.lifetime_seconds,
  );
  return (
    <table class="cache-options">
      <caption class="unseen">{words.options}</caption>
      <thead>
        <tr>
          <th scope="col">{words.lifetime}</th>
          <th scope="col">{words.hitRate}</th>
          <th scope="col">{words.memory}</th>
          {onApply && (
            <td>
              <span class="unseen">{words.apply}</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {options.map(({ factor, lifetime_seconds: seconds, hit_rate, memory_bytes }) => (
          <tr key={factor} class={seconds === present ? 'present' : undefined}>
            <th scope="row">
              {lasting(seconds)}{' '}
              {seconds === recommendation.lifetime_seconds && (
                <span class="pill good">{words.recommended}</span>
              )}
              {seconds === present && <span class="pill">{words.isPresent}</span>}
            </th>
            <td class="number">{hit_rate === null ? words.none : percent(hit_rate)}</td>
            <td class="number">{bytes(memory_bytes)}</td>
            {onApply && (
              <td>
                {seconds !== present && (
                  <button
                    type="button"
                    class="button small"
                    aria-label={words.applyThis(lasting(seconds))}
                    onClick={() => onApply(seconds)}
                  >
                    {words.apply}
                  </button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
