import { useState } from 'preact/hooks';
import { useResource } from '../../api/resource.ts';
import type { Booking } from '../../api/wire.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../../words/language.ts';
import { listWords } from '../../words/my-bookings.ts';
import { loadOwnBookings, loadShop } from '../api/calls.ts';
import './bookings-list.css';
import { Filter, keepInQuery, statusOfQuery } from './filter.tsx';
import { LiveShops } from './live-shops.tsx';
import { NoBookings } from './no-bookings.tsx';
import { Section } from './rows/section.tsx';
import { sorted } from './sorted.ts';

/** One's bookings at every shop: what is coming up, then what is over. */
export function BookingsList() {
  const words = useWords(listWords);
  const now = useNow();
  const { value: all, error, reload } = useResource('own bookings', loadOwnBookings);
  const names = useShopNames(all ?? []);
  const [status, setStatus] = useState(statusOfQuery);
  if (all === undefined)
    return error === undefined ? <Skeleton height="7rem" lines={3} /> : <ErrorNotice error={error} />;
  if (all.length === 0) return <NoBookings />;

  const chosen = all.filter((booking) => status === undefined || booking.status === status);
  const { upcoming, past } = sorted(chosen, now);
  const isAboutUpcoming = status === undefined || status === 'confirmed';
  return (
    <>
      <LiveShops upcoming={sorted(all, now).upcoming} onChange={reload} />
      <Filter
        bookings={all}
        status={status}
        onStatus={(next) => {
          setStatus(next);
          keepInQuery(next);
        }}
      />
      <p class="unseen" role="status">
        {words.shown(chosen.length)}
      </p>
      {isAboutUpcoming && (
        <Section
          id="upcoming"
          title={words.upcoming}
          bookings={upcoming}
          names={names}
          now={now}
          isUpcoming
        />
      )}
      {past.length > 0 && <Section id="past" title={words.past} bookings={past} names={names} now={now} />}
      {chosen.length === 0 && !isAboutUpcoming && <p class="muted">{words.noneOfStatus}</p>}
    </>
  );
}

/** Names of shops by slug, where there are several to tell apart. */
function useShopNames(bookings: readonly Booking[]): ReadonlyMap<string, string> {
  const slugs = [...new Set(bookings.map(({ shop }) => shop))].sort();
  const names = useResource(slugs.length < 2 ? undefined : slugs.join(), async (signal) => {
    const shops = await Promise.all(slugs.map((slug) => loadShop(slug, signal)));
    return new Map(shops.map(({ slug, name }) => [slug, name]));
  });
  return names.value ?? new Map();
}
