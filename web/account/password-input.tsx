import { useState } from 'preact/hooks';
import { Checkbox, Input } from '../ui/field.tsx';
import { useWords } from '../words/language.ts';
import { signInWords } from '../words/sign-in.ts';

export interface PasswordInputProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Of an account, or one that is being chosen. */
  readonly kind: 'current' | 'new';
  readonly error?: string | undefined;
  /** False beside another one. */
  readonly canBeShown?: boolean;
}

/** A password, which can be looked at: that spares typing it twice. */
export function PasswordInput({ label, value, onValue, kind, error, canBeShown = true }: PasswordInputProps) {
  const words = useWords(signInWords);
  const [isShown, setShown] = useState(false);
  return (
    <div>
      <Input
        label={label}
        hint={kind === 'new' ? words.passwordHint : undefined}
        error={error}
        type={isShown ? 'text' : 'password'}
        autocomplete={`${kind}-password`}
        value={value}
        maxLength={128}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      {canBeShown && (
        <Checkbox
          label={words.show}
          checked={isShown}
          onChange={({ currentTarget }) => setShown(currentTarget.checked)}
        />
      )}
    </div>
  );
}
