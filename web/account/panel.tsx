import type { ComponentChildren, RefObject } from 'preact';
import './panel.css';

export interface PanelProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly heading?: RefObject<HTMLHeadingElement | null>;
  readonly children: ComponentChildren;
}

/** A page that is one form. */
export function Panel({ title, text, heading, children }: PanelProps) {
  return (
    <div class="panel card">
      <header class="panel-head">
        <h1 {...(heading && { ref: heading })} tabIndex={-1}>
          {title}
        </h1>
        {text !== undefined && <p class="muted">{text}</p>}
      </header>
      {children}
    </div>
  );
}
