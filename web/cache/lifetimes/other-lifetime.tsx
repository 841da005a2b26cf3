import { useState } from 'preact/hooks';
import { Input } from '../../ui/field.tsx';
import { lifetimeWords } from '../../words/cache/lifetimes.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import type { KindAdvice } from '../wire.ts';

export interface OtherLifetimeProps {
  readonly advice: KindAdvice;
  readonly error: unknown;
  readonly onApply: (seconds: number) => void;
}

const MOST_SECONDS = 86_400;

/** Any lifetime from a second to a day. */
export function OtherLifetime({ advice, error, onApply }: OtherLifetimeProps) {
  const words = useWords(lifetimeWords);
  const faults = fieldFaults(error, useLanguage());
  const [seconds, setSeconds] = useState('');
  return (
    <form
      class="cache-other"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(Number(seconds));
      }}
    >
      <Input
        label={words.other}
        hint={words.otherHint}
        error={faults[advice.setting]}
        type="number"
        inputMode="numeric"
        required
        min={1}
        max={MOST_SECONDS}
        value={seconds}
        onInput={({ currentTarget }) => setSeconds(currentTarget.value)}
      />
      <button type="submit" class="button">
        {words.apply}
      </button>
    </form>
  );
}
