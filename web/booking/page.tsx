import { Refused } from '../api/client.ts';
import { useMe } from '../api/session.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { Shell } from '../ui/shell.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { bookingWords } from '../words/booking.ts';
import { useWords } from '../words/language.ts';
import './booking.css';
import { Flow } from './flow.tsx';
import { shopOfPath } from './location.ts';
import { useCatalogue } from './shop.ts';

/** Booking: service, barber, day and time, details, done. */
export function Page() {
  const words = useWords(bookingWords);
  const slug = shopOfPath();
  const catalogue = useCatalogue(slug);
  const me = useMe(slug);
  const { value } = catalogue;
  return (
    <Shell title={words.title} page="book" shopName={value?.shop.name} shop={slug} me={me.value}>
      {isUnknown(catalogue.error) ? (
        <UnknownShop />
      ) : value === undefined ? (
        <div class="stack">
          <h1>{words.heading}</h1>
          <ErrorNotice error={catalogue.error} />
          <Skeleton height="6rem" lines={4} />
        </div>
      ) : (
        <Flow catalogue={value} me={me.value} />
      )}
    </Shell>
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof Refused && error.code === 'not_found';
}

function UnknownShop() {
  const words = useWords(bookingWords);
  return (
    <div class="stack">
      <h1>{words.unknownShop}</h1>
      <p>{words.unknownShopHint}</p>
      <p>
        <a class="button primary" href="/">
          {words.toFirstShop}
        </a>
      </p>
    </div>
  );
}
