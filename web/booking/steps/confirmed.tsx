import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { Refused } from '../../api/client.ts';
import { AddToCalendar } from '../../ui/add-to-calendar.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { bookingWords } from '../../words/booking.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { forget } from '../holding/kept.ts';
import { linkTo } from '../location.ts';
import type { Catalogue } from '../shop.ts';
import { useConfirmation } from './confirmation.ts';

export interface ConfirmedProps {
  readonly bookingId: number;
  readonly catalogue: Catalogue;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** It is none of the visitor's. */
  readonly onMissing: () => void;
}

export function Confirmed({ bookingId, catalogue: { shop }, heading, onMissing }: ConfirmedProps) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const { value, error } = useConfirmation(bookingId);
  useEffect(() => {
    if (error instanceof Refused) onMissing();
  }, [error]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [value]);
  if (value === undefined)
    return (
      <div class="stack">
        <ErrorNotice error={error} />
        <Skeleton height="4rem" lines={4} />
      </div>
    );
  const { booking, email } = value;
  const isGuest = booking.manage_token !== undefined;
  return (
    <section class="confirmed stack">
      <span class="tick" aria-hidden="true">
        ✓
      </span>
      <h1 ref={heading} tabIndex={-1}>
        {words.confirmed}
      </h1>
      <p>{isGuest && email !== undefined ? words.confirmedText(email) : words.confirmedMember}</p>
      <dl class="facts card">
        <dt>{words.when}</dt>
        <dd>
          <strong>{formats.moment(booking.start, shop.timezone)}</strong>
          <br />
          <span class="muted small">{formats.zone(booking.start, shop.timezone)}</span>
        </dd>
        <dt>{words.service}</dt>
        <dd>
          {booking.service} · {formats.duration(booking.duration_minutes)}
        </dd>
        <dt>{words.barber}</dt>
        <dd>{booking.barber_name}</dd>
        <dt>{words.where}</dt>
        <dd>{shop.name}</dd>
        <dt>{words.price}</dt>
        <dd>{formats.price(booking.price)}</dd>
      </dl>
      <div class="row">
        <AddToCalendar bookingId={booking.id} manageToken={booking.manage_token} />
        {isGuest ? (
          <a class="button" href={`/manage/${booking.manage_token}`}>
            {words.manage}
          </a>
        ) : (
          <a class="button" href="/my-bookings">
            {words.seeBookings}
          </a>
        )}
        <a class="button quiet" href={linkTo({})} onClick={() => forget('confirmed')}>
          {words.another}
        </a>
      </div>
    </section>
  );
}
