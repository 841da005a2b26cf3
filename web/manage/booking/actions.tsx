import type { RefObject } from 'preact';
import type { Booking, Me, Shop } from '../../api/wire.ts';
import { AddToCalendar } from '../../ui/add-to-calendar.tsx';
import { useNow } from '../../ui/now.ts';
import { bookingPath } from '../../ui/shell.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';
import { deadlineOf } from './deadline.ts';

export interface ActionsProps {
  readonly booking: Booking;
  readonly shop: Shop;
  readonly me: Me | null | undefined;
  readonly manageToken: string | undefined;
  readonly isMoving: boolean;
  readonly mover: RefObject<HTMLButtonElement | null>;
  readonly onMove: () => void;
  readonly onCancel: () => void;
}

/** What can still be done with a booking, and until when. */
export function Actions({ booking, shop, me, manageToken, isMoving, mover, onMove, onCancel }: ActionsProps) {
  const words = useWords(manageWords);
  const { status } = booking;
  // The server holds clients alone to the notice.
  const isLate = useNow() > deadlineOf(booking, shop) && (me?.role ?? 'client') === 'client';
  if (status !== 'confirmed')
    return (
      <>
        <p>{words.ended[status]}</p>
        <div class="ticket-buttons">
          <a class="button primary" href={againPath(booking)}>
            {words.bookAgain}
          </a>
        </div>
      </>
    );
  return (
    <>
      <div class="ticket-buttons">
        {!isLate && (
          <button ref={mover} type="button" class="button primary" aria-expanded={isMoving} onClick={onMove}>
            {words.move.open}
          </button>
        )}
        <AddToCalendar bookingId={booking.id} manageToken={manageToken} />
        {!isLate && (
          <button type="button" class="button danger" onClick={onCancel}>
            {words.cancel.open}
          </button>
        )}
      </div>
      <Deadline booking={booking} shop={shop} isLate={isLate} />
    </>
  );
}

/** The same service with the same barber. */
function againPath({ shop, service, barber_id }: Booking): string {
  const query = new URLSearchParams({ service, barber: String(barber_id) });
  return `${bookingPath(shop)}?${query}`;
}

function Deadline({ booking, shop, isLate }: Pick<ActionsProps, 'booking' | 'shop'> & { isLate: boolean }) {
  const words = useWords(manageWords);
  const formats = useFormats();
  const moment = formats.moment(new Date(deadlineOf(booking, shop)).toISOString(), booking.timezone);
  const hasBegun = isLate && shop.cancellation_notice_minutes === 0;
  const late = hasBegun ? words.begun : words.tooLate(moment);
  return <p class="small muted">{isLate ? late : words.until(moment)}</p>;
}
