import type { RefObject } from 'preact';
import { useNext } from '../../picker/availability.ts';
import { shownZone } from '../../picker/zone.ts';
import { bookingWords } from '../../words/booking.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { linkTo } from '../location.ts';
import { type Catalogue, offering } from '../shop.ts';
import { Option } from './option.tsx';

export interface ChooseBarberProps {
  readonly catalogue: Catalogue;
  readonly service: string;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onChoose: (barber: number | 'any') => void;
}

/** For that many barbers the next free time of each is asked for; a list of fifty would be fifty requests. */
const SHOWN_NEXT = 12;

export function ChooseBarber({ catalogue, service, heading, onChoose }: ChooseBarberProps) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const { shop, barbers } = catalogue;
  const offers = offering(barbers, service);
  return (
    <section class="stack">
      <h1 ref={heading} tabIndex={-1}>
        {words.chooseBarber}
      </h1>
      <ul class="plain options">
        <li>
          <Option
            href={linkTo({ service, barber: 'any' })}
            onChoose={() => onChoose('any')}
            start={<Face name="✂" />}
            title={words.anyone}
            note={words.anyoneHint}
            end={<NextFree shop={shop} service={service} barberId={undefined} />}
          />
        </li>
        {offers.map(({ barber, offer }) => (
          <li key={barber.id}>
            <Option
              href={linkTo({ service, barber: barber.id })}
              onChoose={() => onChoose(barber.id)}
              start={<Face name={barber.name} />}
              title={barber.name}
              note={`${formats.price(offer.price)} · ${formats.duration(offer.duration_minutes)}`}
              end={
                offers.length <= SHOWN_NEXT && <NextFree shop={shop} service={service} barberId={barber.id} />
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Initials in a circle. */
function Face({ name }: { name: string }) {
  const initials = name.split(/\s+/).map((part) => [...part][0]);
  return (
    <span class="face" aria-hidden="true">
      {initials.slice(0, 2).join('')}
    </span>
  );
}

function NextFree(wanted: { shop: Catalogue['shop']; service: string; barberId: number | undefined }) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const next = useNext(wanted).value?.next_available;
  // The place is kept while it is being asked for.
  if (next === undefined) return <span class="next-of">&nbsp;</span>;
  return (
    <span class="next-of">
      {next === null
        ? words.nothingFree
        : words.freeFrom(
            formats.briefMoment(next.datetime, shownZone(wanted.shop.timezone, next.datetime), Date.now()),
          )}
    </span>
  );
}
