import { useState } from 'preact/hooks';
import { addDays, todayIn } from '../../time/dates.ts';
import { Checkbox, Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { operateWords } from '../../words/cache/operate.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { usePlace } from '../frame/place.ts';
import { useBarbers } from './barbers.ts';

/** As the API takes it: days ahead in the query, all else in the body. */
export interface Order {
  readonly days_ahead?: number;
  readonly start_date?: string;
  readonly end_date?: string;
  readonly barber_ids?: readonly number[];
}

export interface OrderFormProps {
  /** While what was ordered is under way nothing else can be. */
  readonly isRunning: boolean;
  /** Resolves once it is begun. */
  readonly onOrder: (order: Order) => Promise<void>;
}

const A_WEEK = 7;

/** Which days, of whom. */
export function OrderForm({ isRunning, onOrder }: OrderFormProps) {
  const words = useWords(operateWords);
  const { timezone } = usePlace();
  const barbers = useBarbers();
  const [isRange, setRange] = useState(false);
  const [daysAhead, setDaysAhead] = useState(String(A_WEEK));
  const [from, setFrom] = useState(() => todayIn(timezone));
  const [to, setTo] = useState(() => addDays(todayIn(timezone), A_WEEK));
  const [chosen, setChosen] = useState<readonly number[]>();
  const [isNobody, setNobody] = useState(false);

  function toggle(id: number, isOn: boolean) {
    setNobody(false);
    setChosen((before = []) => (isOn ? [...before, id] : before.filter((each) => each !== id)));
  }
  const { busy, error, run } = useSubmit(async () => {
    if (chosen?.length === 0) return setNobody(true);
    await onOrder({
      ...(isRange ? { start_date: from, end_date: to } : { days_ahead: Number(daysAhead) }),
      ...(chosen && { barber_ids: chosen }),
    });
  });
  const isBusy = busy || isRunning;
  const faults = fieldFaults(error, useLanguage());

  return (
    <form class="stack" onSubmit={(event) => (isRunning ? event.preventDefault() : run(event))}>
      <fieldset class="cache-radios">
        <legend>{words.which}</legend>
        <Radio label={words.ahead} checked={!isRange} onChoose={() => setRange(false)} />
        <Radio label={words.range} checked={isRange} onChoose={() => setRange(true)} />
      </fieldset>
      <div class="cache-fields">
        {isRange ? (
          <>
            <Input
              label={words.from}
              type="date"
              required
              value={from}
              hint={words.rangeHint}
              error={faults.start_date}
              onInput={({ currentTarget }) => setFrom(currentTarget.value)}
            />
            <Input
              label={words.to}
              type="date"
              required
              min={from}
              value={to}
              hint={words.rangeHint}
              error={faults.end_date}
              onInput={({ currentTarget }) => setTo(currentTarget.value)}
            />
          </>
        ) : (
          <Input
            label={words.daysAhead}
            type="number"
            required
            min={1}
            max={30}
            value={daysAhead}
            hint={words.daysAheadHint}
            error={faults.days_ahead}
            onInput={({ currentTarget }) => setDaysAhead(currentTarget.value)}
          />
        )}
      </div>
      <Checkbox
        label={words.everybody}
        checked={chosen === undefined}
        onChange={({ currentTarget }) => {
          setNobody(false);
          setChosen(currentTarget.checked ? undefined : []);
        }}
      />
      {chosen && (
        <fieldset class="cache-barbers">
          <legend>{words.barbers}</legend>
          {barbers.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={chosen.includes(id)}
              onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
            />
          ))}
        </fieldset>
      )}
      <p role="alert" class="cache-fault">
        {isNobody && words.chooseBarber}
      </p>
      <div>
        <button type="submit" class="button primary" aria-disabled={isBusy}>
          {isBusy ? words.starting : words.start}
        </button>
      </div>
      <ErrorNotice error={error} />
    </form>
  );
}

interface RadioProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function Radio({ label, checked, onChoose }: RadioProps) {
  return (
    <label class="checkbox">
      <input type="radio" name="cache-which" checked={checked} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}
