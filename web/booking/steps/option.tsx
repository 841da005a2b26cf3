import type { ComponentChildren } from 'preact';

export interface OptionProps {
  /** Where it leads: a choice is a link, so it can be opened elsewhere and passed on. */
  readonly href: string;
  readonly onChoose: () => void;
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly start?: ComponentChildren;
  readonly end?: ComponentChildren;
}

/** One of a few large things to choose from. */
export function Option({ href, onChoose, title, note, start, end }: OptionProps) {
  return (
    <a
      class="option"
      href={href}
      onClick={(event) => {
        // In a new tab, the browser does it.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onChoose();
      }}
    >
      {start}
      <span class="option-text">
        <span class="option-title">{title}</span>
        {note !== undefined && <span class="option-note">{note}</span>}
      </span>
      {end !== undefined && <span class="option-end">{end}</span>}
      <span class="option-arrow" aria-hidden="true">
        ›
      </span>
    </a>
  );
}
