import { useLive } from '../../api/live.ts';
import type { Booking } from '../../api/wire.ts';

/** Browsers open six connections to a server, and each stream keeps one. */
const STREAMS = 2;

export interface LiveShopsProps {
  /** The next one first. */
  readonly upcoming: readonly Booking[];
  readonly onChange: () => void;
}

/** Calls back when something changed on a day with a booking, at the shops where one is expected next. */
export function LiveShops({ upcoming, onChange }: LiveShopsProps) {
  const shops = [...new Set(upcoming.map(({ shop }) => shop))].slice(0, STREAMS);
  return (
    <>
      {shops.map((shop) => (
        <LiveShop
          key={shop}
          shop={shop}
          bookings={upcoming.filter((booking) => booking.shop === shop)}
          onChange={onChange}
        />
      ))}
    </>
  );
}

interface LiveShopProps {
  readonly shop: string;
  readonly bookings: readonly Booking[];
  readonly onChange: () => void;
}

function LiveShop({ shop, bookings, onChange }: LiveShopProps) {
  useLive({ shop }, ({ date, barber_id }) => {
    const concerns = bookings.some(
      (booking) =>
        (date === null || booking.date === date) && (barber_id === null || booking.barber_id === barber_id),
    );
    if (concerns) onChange();
  });
  return null;
}
