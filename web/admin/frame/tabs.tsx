import type { Place } from './address.ts';
import { Link } from './link.tsx';

export interface TabsProps {
  readonly label: string;
  /** Where they all are; each adds its `part`. */
  readonly at: Partial<Place>;
  readonly current: string;
  readonly parts: readonly { readonly part: string; readonly name: string }[];
}

/** Views of one thing, each with an address of its own. */
export function Tabs({ label, at, current, parts }: TabsProps) {
  return (
    <nav class="admin-tabs" aria-label={label}>
      {parts.map(({ part, name }) => (
        <Link key={part} to={{ ...at, part }} current={part === current}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
