import type { ComponentChildren } from 'preact';
import { go, hrefOf, type Place } from './address.ts';

export interface LinkProps {
  readonly to: Partial<Place>;
  readonly class?: string;
  /** Whether it leads to where one is. */
  readonly current?: boolean;
  readonly children: ComponentChildren;
}

/** A link within the administration: a real one, that opens in a new tab as any other. */
export function Link({ to, current = false, children, class: name }: LinkProps) {
  return (
    <a
      class={name}
      href={hrefOf(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
