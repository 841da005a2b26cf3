import './choice.css';

export interface ChoiceProps<T extends number> {
  /** What is chosen; read out, not shown. */
  readonly legend: string;
  readonly options: readonly T[];
  readonly labels: Readonly<Record<T, string>>;
  readonly chosen: T;
  readonly onChoose: (option: T) => void;
}

/** One of a few, each a button. */
export function Choice<T extends number>({ legend, options, labels, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset class="cache-choice">
      <legend class="unseen">{legend}</legend>
      {options.map((each) => (
        <button type="button" key={each} aria-pressed={each === chosen} onClick={() => onChoose(each)}>
          {labels[each]}
        </button>
      ))}
    </fieldset>
  );
}
