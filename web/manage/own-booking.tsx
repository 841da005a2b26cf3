import { Refused } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import type { Me } from '../api/wire.ts';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { useWords } from '../words/language.ts';
import { manageWords } from '../words/manage.ts';
import { listWords } from '../words/my-bookings.ts';
import { loadBooking, loadShop } from './api/calls.ts';
import { useBooking } from './api/use-booking.ts';
import { BookingView } from './booking/booking-view.tsx';
import { ViewSkeleton } from './parts/view-skeleton.tsx';

export interface OwnBookingProps {
  readonly id: number;
  readonly me: Me;
}

/** One of one's own bookings, with the way back to all of them. */
export function OwnBooking({ id, me }: OwnBookingProps) {
  const words = useWords(listWords);
  const { title } = useWords(manageWords);
  const managed = useBooking(`booking ${id}`, (signal) => loadBooking({ id }, signal));
  const { value: booking, error } = managed;
  const slug = booking?.shop;
  const shop = useResource(slug && `shop ${slug}`, (signal) => loadShop(slug ?? '', signal));
  const isNowhere = booking === undefined && error instanceof Refused && error.problem.status === 404;
  return (
    <div class="stack">
      <p>
        <a class="manage-back" href="/my-bookings">
          ← {words.back}
        </a>
      </p>
      {isNowhere ? (
        <>
          <h1>{title}</h1>
          <Notice kind="info">{words.notFound}</Notice>
        </>
      ) : (
        <>
          {booking === undefined && <ErrorNotice error={error} />}
          {booking === undefined || shop.value === undefined ? (
            <ViewSkeleton title={title} />
          ) : (
            <BookingView booking={booking} managed={managed} shop={shop.value} me={me} />
          )}
        </>
      )}
    </div>
  );
}
