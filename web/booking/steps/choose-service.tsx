import type { RefObject } from 'preact';
import { Notice } from '../../ui/notice.tsx';
import { bookingWords } from '../../words/booking.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { type Choice, linkTo } from '../location.ts';
import { type Catalogue, offering } from '../shop.ts';
import { Option } from './option.tsx';

export interface ChooseServiceProps {
  readonly catalogue: Catalogue;
  /** Chosen before the service, by a link to a barber. */
  readonly barber: Choice['barber'];
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onChoose: (service: string) => void;
}

export function ChooseService({ catalogue, barber, heading, onChoose }: ChooseServiceProps) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const { services, barbers } = catalogue;
  const chosen = barbers.find(({ id }) => id === barber);
  const offered = services.flatMap((service) => {
    const offers = offering(chosen === undefined ? barbers : [chosen], service.name);
    return offers.length === 0 ? [] : [{ service, prices: offers.map(({ offer }) => offer.price) }];
  });
  return (
    <section class="stack">
      <h2 ref={heading} tabIndex={-1}>
        {words.chooseService}
      </h2>
      {offered.length === 0 && <Notice kind="info">{words.noServices}</Notice>}
      <ul class="plain options">
        {offered.map(({ service, prices }) => {
          const cheapest = prices.reduce((least, price) => (price.amount < least.amount ? price : least));
          const isSame = prices.every(({ amount }) => amount === cheapest.amount);
          const price = formats.price(cheapest);
          return (
            <li key={service.id}>
              <Option
                href={linkTo({ service: service.name, barber })}
                onChoose={() => onChoose(service.name)}
                title={service.name}
                note={formats.duration(chosen ? durationBy(chosen, service) : service.duration_minutes)}
                end={isSame ? price : words.from(price)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function durationBy(barber: Catalogue['barbers'][number], service: Catalogue['services'][number]): number {
  return barber.services.find(({ id }) => id === service.id)?.duration_minutes ?? service.duration_minutes;
}
