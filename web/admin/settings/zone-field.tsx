import { useId } from 'preact/hooks';
import { Input } from '../../ui/field.tsx';
import { settingsWords } from '../../words/admin/settings.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { Fault } from '../../words/problems.ts';

export interface ZoneFieldProps {
  readonly value: string;
  readonly error: string | Fault | undefined;
  readonly onChange: (zone: string) => void;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** A time zone, chosen from all that there are by typing a part of it; beside it what time it is there. */
export function ZoneField({ value, error, onChange }: ZoneFieldProps) {
  const words = useWords(settingsWords);
  const formats = useFormats();
  const id = useId();
  const now = new Date().toISOString();
  const hint = ZONES.includes(value)
    ? words.zoneNow(formats.time(now, value), formats.zone(now, value))
    : words.zoneHint;
  return (
    <>
      <Input
        label={words.zone}
        hint={hint}
        list={id}
        value={value}
        error={error}
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={id}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
