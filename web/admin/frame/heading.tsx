import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Where the page was opened is no step of its own, and leaves the focus where browsers put it. */
let opened = location.href;

/** The heading of a view. It takes the focus when one has just come there, so that it is read and Tab goes on from it. */
export function Heading({ children, about }: { children: ComponentChildren; about?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const here = location.href;
  useEffect(() => {
    if (here === opened) return;
    opened = here;
    heading.current?.focus();
  }, [here]);
  return (
    <header class="admin-heading">
      <h2 ref={heading} tabIndex={-1}>
        {children}
      </h2>
      {about && <p class="muted">{about}</p>}
    </header>
  );
}
