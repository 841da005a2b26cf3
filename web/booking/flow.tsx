import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../api/wire.ts';
import { useHours } from '../picker/availability.ts';
import { useFocusOnChange } from '../ui/focus.ts';
import { Notice } from '../ui/notice.tsx';
import { bookingWords } from '../words/booking.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/language.ts';
import { barberIdOf, type Choice, useChoice } from './location.ts';
import { type Catalogue, offering } from './shop.ts';
import { ChooseBarber } from './steps/choose-barber.tsx';
import { ChooseService } from './steps/choose-service.tsx';
import { ChooseTime } from './steps/choose-time.tsx';
import { Confirmed } from './steps/confirmed.tsx';
import { Details } from './steps/details.tsx';
import { Summary } from './steps/summary.tsx';

export interface FlowProps {
  readonly catalogue: Catalogue;
  /** Undefined is not known yet. */
  readonly me: Me | null | undefined;
}

/** A slot that was lost to somebody else, or cannot be booked for another reason. */
export interface Lost {
  readonly start: string;
  readonly error: unknown;
}

type Step = 'service' | 'barber' | 'when' | 'details' | 'booked';

/** One step at a time; which, the choice says. */
export function Flow({ catalogue, me }: FlowProps) {
  const words = useWords(bookingWords);
  const [choice, choose] = useChoice();
  const [lost, setLost] = useState<Lost>();
  const known = knownOf(choice, catalogue);
  const step = stepOf(known);
  const heading = useFocusOnChange(step);
  // It was about another service or barber.
  useEffect(() => setLost(undefined), [known.service, known.barber]);
  const isGone = known.service !== choice.service || known.barber !== choice.barber;

  if (step === 'booked' && known.booked !== undefined)
    return (
      <Confirmed
        bookingId={known.booked}
        catalogue={catalogue}
        heading={heading}
        onMissing={() => choose({}, 'replace')}
      />
    );
  const onLost = (next: Lost) => {
    setLost(next);
    choose({ ...known, start: undefined }, 'replace');
  };
  const { service, barber, start } = known;
  return (
    <div class="booking">
      <div class="booking-step stack">
        {step === 'service' && <Hero catalogue={catalogue} />}
        {isGone && (
          <div role="status">
            <Notice kind="warn">{words.gone}</Notice>
          </div>
        )}
        {step === 'service' && (
          <ChooseService
            catalogue={catalogue}
            barber={barber}
            heading={heading}
            onChoose={(name) => choose({ ...known, service: name })}
          />
        )}
        {step === 'barber' && service !== undefined && (
          <ChooseBarber
            catalogue={catalogue}
            service={service}
            heading={heading}
            onChoose={(id) => choose({ ...known, barber: id })}
          />
        )}
        {step === 'when' && service !== undefined && (
          <ChooseTime
            catalogue={catalogue}
            service={service}
            barber={barber}
            date={known.date}
            lost={lost}
            heading={heading}
            onDate={(date, isFirst) => choose({ ...known, date }, isFirst ? 'replace' : 'push')}
            onPick={(slot, date) => {
              setLost(undefined);
              choose({ ...known, date, start: slot.start });
            }}
          />
        )}
        {step === 'details' && service !== undefined && start !== undefined && (
          <Details
            catalogue={catalogue}
            wish={{ shop: catalogue.shop.slug, service, barberId: barberIdOf(barber), start }}
            me={me}
            heading={heading}
            onBooked={(id) => choose({ booked: id }, 'replace')}
            onLost={onLost}
            onBack={() => choose({ ...known, start: undefined })}
          />
        )}
      </div>
      {step !== 'service' && <Summary catalogue={catalogue} choice={known} onChange={choose} />}
    </div>
  );
}

function Hero({ catalogue: { shop } }: Pick<FlowProps, 'catalogue'>) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const hours = useHours(shop);
  return (
    <header class="hero">
      <p class="hero-shop">{shop.name}</p>
      <h1>{words.heading}</h1>
      {/* The place is kept while it is being asked for. */}
      <p>
        {hours === undefined && '\u00a0'}
        {hours === null && words.closedToday}
        {hours && words.openToday(formats.clock(hours.start), formats.clock(hours.end))}
      </p>
    </header>
  );
}

/** The choice without what is not offered (any more): an old link still leads as far as it can. */
function knownOf(choice: Choice, { services, barbers }: Catalogue): Choice {
  const service = services.find(({ name }) => name === choice.service)?.name;
  const offers = service === undefined ? barbers.map((barber) => ({ barber })) : offering(barbers, service);
  const isOffered = choice.barber === 'any' || offers.some(({ barber }) => barber.id === choice.barber);
  const barber = isOffered ? choice.barber : undefined;
  const rest =
    service === undefined || barber === undefined ? {} : { date: choice.date, start: choice.start };
  return { booked: choice.booked, service, barber, ...rest };
}

function stepOf({ booked, service, barber, start }: Choice): Step {
  if (booked !== undefined) return 'booked';
  if (service === undefined) return 'service';
  if (barber === undefined) return 'barber';
  return start === undefined ? 'when' : 'details';
}
