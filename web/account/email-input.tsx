import { Input } from '../ui/field.tsx';
import { useWords } from '../words/language.ts';
import { signInWords } from '../words/sign-in.ts';

export interface EmailInputProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error?: string | undefined;
}

export function EmailInput({ value, onValue, error }: EmailInputProps) {
  const words = useWords(signInWords);
  return (
    <Input
      label={words.email}
      type="email"
      autocomplete="username"
      maxLength={254}
      value={value}
      error={error}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}
