import { useMe } from '../api/session.ts';
import { shopOfQuery } from '../api/where.ts';
import { Gate } from '../ui/gate.tsx';
import { Shell } from '../ui/shell.tsx';
import { useWords } from '../words/language.ts';
import { listWords } from '../words/my-bookings.ts';
import { BookingsList } from './list/bookings-list.tsx';
import './mine-page.css';
import { OwnBooking } from './own-booking.tsx';

/** `/my-bookings`, and with `?booking=17` one of them. */
export function MinePage() {
  const words = useWords(listWords);
  const shop = shopOfQuery();
  const me = useMe(shop);
  const id = Number(new URLSearchParams(location.search).get('booking') ?? Number.NaN);
  return (
    <Shell title={words.title} page="mine" shop={shop} me={me.value}>
      {me.value && Number.isInteger(id) ? (
        <OwnBooking id={id} me={me.value} />
      ) : (
        <div class="mine">
          <h1>{words.title}</h1>
          <Gate me={me.value} error={me.error} atLeast="client">
            <BookingsList />
          </Gate>
        </div>
      )}
    </Shell>
  );
}
