import { Refused } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { useMe } from '../api/session.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { bookingPath, Shell } from '../ui/shell.tsx';
import { useWords } from '../words/language.ts';
import { manageWords } from '../words/manage.ts';
import { loadManaged, loadShop } from './api/calls.ts';
import { useBooking } from './api/use-booking.ts';
import { BookingView } from './booking/booking-view.tsx';
import { ViewSkeleton } from './parts/view-skeleton.tsx';

/** `/manage/{token}`: the booking of whoever has the link. */
export function GuestPage({ manageToken }: { readonly manageToken: string }) {
  const words = useWords(manageWords);
  const managed = useBooking('managed', (signal) => loadManaged(manageToken, signal), manageToken);
  const { value: booking, error } = managed;
  const slug = booking?.shop;
  const me = useMe(slug);
  const shop = useResource(slug && `shop ${slug}`, (signal) => loadShop(slug ?? '', signal));
  const isNowhere = booking === undefined && error instanceof Refused && error.problem.status === 404;
  return (
    <Shell title={words.title} page="mine" shop={slug} shopName={shop.value?.name} me={me.value}>
      {isNowhere ? (
        <div class="stack">
          <h1>{words.gone.title}</h1>
          <p>{words.gone.text}</p>
          <p>
            <a class="button primary" href={bookingPath(undefined)}>
              {words.gone.book}
            </a>
          </p>
        </div>
      ) : (
        <>
          {booking === undefined && <ErrorNotice error={error} />}
          {booking === undefined || shop.value === undefined ? (
            <ViewSkeleton title={words.title} />
          ) : (
            <BookingView
              booking={booking}
              managed={managed}
              shop={shop.value}
              me={me.value}
              manageToken={manageToken}
            />
          )}
        </>
      )}
    </Shell>
  );
}
