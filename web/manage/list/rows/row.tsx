import type { Booking } from '../../../api/wire.ts';
import { dateIn, daysBetween } from '../../../time/dates.ts';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { manageWords } from '../../../words/manage.ts';
import { DateBlock } from '../../parts/date-block.tsx';
import { StatusPill } from '../../parts/status-pill.tsx';
import './row.css';

export interface RowProps {
  readonly booking: Booking;
  /** Where one has bookings at several. */
  readonly shopName: string | undefined;
  /** Says how soon it is. */
  readonly isNext?: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** A booking in the list, which opens it. */
export function Row({ booking, shopName, isNext = false, now }: RowProps) {
  const words = useWords(manageWords);
  const formats = useFormats();
  const { id, start, end, timezone, date, status } = booking;
  const isExpected = status === 'confirmed' && Date.parse(end) > now;
  const days = daysBetween(dateIn(timezone, now), date);
  return (
    <a class={`mine-row card ${isNext ? 'next' : ''}`} href={`/my-bookings?booking=${id}`}>
      <DateBlock date={date} faded={!isExpected} />
      <span class="mine-row-words">
        <span class="mine-row-head">
          <strong>{booking.service}</strong>
          {isNext && <span class="pill mine-soon">{formats.inDays(days)}</span>}
          {!isExpected && status !== 'confirmed' && <StatusPill status={status} />}
        </span>
        <span>
          {formats.shortDate(date)}, {formats.time(start, timezone)}
        </span>
        <span class="muted">
          {[
            words.with(booking.barber_name),
            formats.duration(booking.duration_minutes),
            formats.price(booking.price),
            shopName,
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </span>
      </span>
      <span class="mine-row-arrow" aria-hidden="true">
        ›
      </span>
    </a>
  );
}
