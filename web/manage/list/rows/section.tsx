import { useState } from 'preact/hooks';
import type { Booking } from '../../../api/wire.ts';
import { useWords } from '../../../words/language.ts';
import { listWords } from '../../../words/my-bookings.ts';
import { Row } from './row.tsx';

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly bookings: readonly Booking[];
  /** Of shops, by slug. */
  readonly names: ReadonlyMap<string, string>;
  /** Epoch ms. */
  readonly now: number;
  readonly isUpcoming?: boolean;
}

/** At first, and with every press; a regular has hundreds. */
const SHOWN = 10;

export function Section({ id, title, bookings, names, now, isUpcoming = false }: SectionProps) {
  const words = useWords(listWords);
  const [limit, setLimit] = useState(SHOWN);
  const hidden = bookings.length - limit;
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {bookings.length === 0 ? (
        <p class="muted">{words.noneUpcoming}</p>
      ) : (
        <ul class="plain mine-rows">
          {bookings.slice(0, limit).map((booking, position) => (
            <li key={booking.id}>
              <Row
                booking={booking}
                shopName={names.get(booking.shop)}
                isNext={isUpcoming && position === 0}
                now={now}
              />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <p>
          <button type="button" class="button" onClick={() => setLimit(limit + SHOWN)}>
            {words.more(Math.min(hidden, SHOWN))}
          </button>
        </p>
      )}
    </section>
  );
}
