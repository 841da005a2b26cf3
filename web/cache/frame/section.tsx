import type { ComponentChildren } from 'preact';
import './section.css';

export interface SectionProps {
  /** Of the address: `#trends`. */
  readonly id: string;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly about?: string;
  /** Beside the heading. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the page, which can be linked to. */
export function Section({ id, title, about, aside, children }: SectionProps) {
  return (
    <section class="cache-section" id={id} aria-labelledby={`${id}-title`}>
      <header class="cache-section-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {about && <p class="muted">{about}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
