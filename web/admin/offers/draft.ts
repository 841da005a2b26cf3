import { majorOf, minorOf } from '../parts/money.ts';
import { wholeNumber } from '../settings/draft.ts';
import type { ManagedBarber, ManagedService } from '../wire.ts';

/** What a barber makes of a service, as the form has it; an empty text is the service's own. */
export interface OfferDraft {
  readonly serviceId: number;
  readonly offered: boolean;
  readonly duration: string;
  readonly price: string;
}

/** One for each service that can be shown: the active ones, and those that are offered though retired. */
export function offersDraft(
  barber: ManagedBarber,
  services: readonly ManagedService[],
): readonly OfferDraft[] {
  return services.flatMap(({ id, active }) => {
    const offer = barber.services.find(({ service_id }) => service_id === id);
    if (offer === undefined && !active) return [];
    return {
      serviceId: id,
      offered: offer !== undefined,
      duration: String(offer?.duration_minutes ?? ''),
      price: offer?.price ? majorOf(offer.price.amount, offer.price.currency) : '',
    };
  });
}

/** What is sent, and the services whose duration or price is no number. */
export function offersBody(draft: readonly OfferDraft[], currency: string) {
  const offered = draft.filter((offer) => offer.offered);
  const services = offered.map(({ serviceId, duration, price }) => {
    const amount = minorOf(price, currency);
    return {
      service_id: serviceId,
      duration_minutes: wholeNumber(duration) ?? null,
      price: amount === undefined ? null : { amount },
    };
  });
  const faults = offered
    .filter(
      ({ duration, price }) =>
        (duration.trim() !== '' && wholeNumber(duration) === undefined) ||
        (price.trim() !== '' && minorOf(price, currency) === undefined),
    )
    .map(({ serviceId }) => serviceId);
  return { services, faults };
}
