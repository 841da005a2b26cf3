import { majorOf, minorOf } from '../parts/money.ts';
import { wholeNumber } from '../settings/draft.ts';
import type { ManagedService } from '../wire.ts';

/** A service as the form has it: texts, until they are sent. */
export interface ServiceDraft {
  readonly name: string;
  readonly duration: string;
  readonly price: string;
  readonly before: string;
  readonly after: string;
  readonly barberIds: readonly number[];
}

export function serviceDraft(
  service: ManagedService | undefined,
  everybody: readonly number[],
): ServiceDraft {
  if (service === undefined)
    return { name: '', duration: '30', price: '', before: '0', after: '0', barberIds: everybody };
  const { price } = service;
  return {
    name: service.name,
    duration: String(service.duration_minutes),
    price: majorOf(price.amount, price.currency),
    before: String(service.buffer_before_minutes),
    after: String(service.buffer_after_minutes),
    barberIds: [...service.barber_ids].sort((a, b) => a - b),
  };
}

/** What is sent, and the fields of it that are no numbers. */
export function serviceBody(draft: ServiceDraft, currency: string) {
  const amount = minorOf(draft.price, currency);
  const body = {
    name: draft.name,
    duration_minutes: wholeNumber(draft.duration),
    price: amount === undefined ? undefined : { amount },
    buffer_before_minutes: wholeNumber(draft.before),
    buffer_after_minutes: wholeNumber(draft.after),
    barber_ids: draft.barberIds,
  };
  const faults = Object.entries(body).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return { body, faults };
}
