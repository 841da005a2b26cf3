import type { Slot } from '../api/wire.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/language.ts';
import { pickerWords } from '../words/picker.ts';
import { partsOfDay } from './times-of-day.ts';
import './times.css';

export interface TimesProps {
  readonly slots: readonly Slot[];
  readonly shopZone: string;
  /** In which times are shown. */
  readonly zone: string;
  /** Start of the chosen one. */
  readonly chosen: string | undefined;
  readonly onPick: (slot: Slot) => void;
}

/** The times of a day; those that are not free stay where they are, grey, so that nothing jumps when one goes. */
export function Times({ slots, shopZone, zone, chosen, onPick }: TimesProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  return (
    <div class="stack">
      {partsOfDay(slots, zone).map(({ date, part, slots: own }) => (
        <section key={`${date} ${part}`}>
          <h3 class="part">
            {words.parts[part]}
            {zone !== shopZone && `, ${formats.shortDate(date)}`}
          </h3>
          <ul class="plain times">
            {own.map((slot) => (
              <li key={slot.start}>
                <TimeButton
                  slot={slot}
                  shopZone={shopZone}
                  zone={zone}
                  isChosen={chosen !== undefined && Date.parse(chosen) === Date.parse(slot.start)}
                  onPick={onPick}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface TimeButtonProps extends Pick<TimesProps, 'shopZone' | 'zone' | 'onPick'> {
  readonly slot: Slot;
  readonly isChosen: boolean;
}

function TimeButton({ slot, shopZone, zone, isChosen, onPick }: TimeButtonProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  const { start, available, reason } = slot;
  const atShop = zone === shopZone ? undefined : formats.time(start, shopZone);
  return (
    <button
      type="button"
      class="time"
      data-start={start}
      aria-pressed={isChosen}
      // Not `disabled`: who has just reached it by keyboard would be thrown out when somebody else takes it.
      aria-disabled={!available}
      onClick={() => available && onPick(slot)}
    >
      <span>{formats.time(start, zone)}</span>
      {atShop !== undefined && (
        <span class="time-note">
          <span class="unseen">, {words.atShop} </span>
          {atShop}
        </span>
      )}
      {!available && <span class="unseen">, {words.reasons[reason ?? ''] ?? words.taken}</span>}
    </button>
  );
}
