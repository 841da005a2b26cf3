export interface ChoiceProps<T extends string> {
  /** Of the group, unlike that of any other on the page. */
  readonly name: string;
  readonly legend: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly about?: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each with a sentence on what it means. */
export function Choice<T extends string>({ name, legend, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset class="admin-choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label class="admin-choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
          {option.about && <small>{option.about}</small>}
        </label>
      ))}
    </fieldset>
  );
}
