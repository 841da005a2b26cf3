import type { ServiceTime } from '../calendar/slots.ts';
import { daysBetween, instantsOf, isDate, isTime, isTimeZone, parseInstant } from '../calendar/time.ts';
import { type Fault, type Refusal, refusalOf } from '../outcome.ts';
import type { Barber, Service, ShopRules } from '../shop/rules.ts';
import type { RequestParts, When } from './types/bookings.ts';

/** A barber who can be asked for, with the service as that barber gives it. */
export interface Candidate {
  readonly barber: Barber;
  /** Undefined where just a slot is asked for. */
  readonly service?: Service;
  readonly time: ServiceTime;
  /** Minor units. */
  readonly price: number;
}

export const NO_BOOKING: Fault = {
  code: 'not_found',
  field: 'bookingId',
  detail: 'There is no such booking.',
};

export const NO_TOKEN: Fault = {
  code: 'not_found',
  detail: 'There is no booking for this token.',
};

/** The active service of this name, in any spelling of upper and lower case. */
export function findService(rules: ShopRules, name: string): Service | undefined {
  const wanted = name.trim().toLowerCase();
  return rules.services.find((service) => service.active && service.name.toLowerCase() === wanted);
}

/**
 * Who can be asked for this service: the barber named, or every active barber who offers it. Without a
 * service everybody, for the shop's slot length. Faults go to `faults`.
 */
export function candidatesFor(
  rules: ShopRules,
  serviceName: string | undefined,
  barberId: number | undefined,
  faults: Fault[],
): Candidate[] {
  const service = serviceName === undefined ? undefined : findService(rules, serviceName);
  if (serviceName !== undefined && service === undefined) {
    faults.push({ code: 'unknown_service', field: 'service', detail: offered(rules) });
  }
  const barbers = rules.barbers.filter(
    ({ active, id }) => active && (barberId === undefined || id === barberId),
  );
  if (barberId !== undefined && barbers.length === 0) {
    faults.push({ code: 'not_found', field: 'barberId', detail: 'No such barber works at this shop.' });
  }
  if (service === undefined) {
    if (serviceName !== undefined) return [];
    const time = { duration: rules.slotMinutes, bufferBefore: 0, bufferAfter: 0 };
    return barbers.map((barber) => ({ barber, time, price: 0 }));
  }
  const candidates = barbers.flatMap((barber) => candidate(barber, service) ?? []);
  const [asked] = barbers;
  if (barberId !== undefined && asked !== undefined && candidates.length === 0) {
    faults.push({
      code: 'unknown_service',
      field: 'service',
      detail: `${asked.name} does not offer ${service.name}. Choose another barber or service.`,
    });
  }
  return candidates;
}

function candidate(barber: Barber, service: Service): Candidate | undefined {
  const offer = barber.offers.find(({ serviceId }) => serviceId === service.id);
  if (offer === undefined) return undefined;
  const { bufferBefore, bufferAfter } = service;
  const time = { duration: offer.duration ?? service.duration, bufferBefore, bufferAfter };
  return { barber, service, time, price: offer.price ?? service.price };
}

function offered(rules: ShopRules): string {
  const names = rules.services.filter(({ active }) => active).map(({ name }) => name);
  return names.length === 0
    ? 'This shop offers no services yet.'
    : `This shop does not offer that service. It offers: ${names.join(', ')}.`;
}

/** The zone to show or read times in; the shop's, when none or an unknown one is given. */
export function zoneFor(rules: ShopRules, asked: string | undefined, faults: Fault[]): string {
  if (asked === undefined || isTimeZone(asked)) return asked ?? rules.timezone;
  faults.push({
    code: 'unknown_timezone',
    field: 'timezone',
    detail: `"${asked.slice(0, 64)}" is not an IANA time zone. Use a name such as ${rules.timezone}.`,
  });
  return rules.timezone;
}

export function checkDate(date: string, field: string, faults: Fault[]): boolean {
  if (isDate(date)) return true;
  const detail = `"${date.slice(0, 20)}" is not a date. Use YYYY-MM-DD, and a day that exists.`;
  faults.push({ code: 'validation_failed', field, detail });
  return false;
}

function checkTime(time: string, faults: Fault[]): boolean {
  if (isTime(time)) return true;
  const detail = `"${time.slice(0, 20)}" is not a time. Use HH:MM, from 00:00 to 23:59.`;
  faults.push({ code: 'validation_failed', field: 'time', detail });
  return false;
}

/** The longest range of days that one request may ask for. */
const MAX_DAYS = 62;

/** Checks a range of dates, both included. */
export function checkRange(from: string, to: string, faults: Fault[]): void {
  const good = [checkDate(from, 'from', faults), checkDate(to, 'to', faults)];
  if (!good.every(Boolean) || (to >= from && daysBetween(from, to) < MAX_DAYS)) return;
  const detail = `"to" must be on or after "from", and at most ${MAX_DAYS} days may be asked for at once.`;
  faults.push({ code: 'validation_failed', field: 'to', detail });
}

/**
 * The instant (epoch ms) that is meant. Of a local time that occurs twice, the first; only `start` can name
 * the second. Undefined where faults were found.
 */
export function instantOf(rules: ShopRules, when: When, faults: Fault[]): number | undefined {
  const zone = zoneFor(rules, when.userTimezone, faults);
  const { start, bookingDate, bookingTime } = when;
  if (start !== undefined) return instantOfStart(start, faults);
  if (bookingDate === undefined || bookingTime === undefined) {
    const field = bookingDate === undefined ? 'date' : 'time';
    const detail = 'Say when: "date" and "time", or "start" as an RFC 3339 instant.';
    faults.push({ code: 'validation_failed', field, detail });
    return undefined;
  }
  const dateIsGood = checkDate(bookingDate, 'date', faults);
  const timeIsGood = checkTime(bookingTime, faults);
  if (!dateIsGood || !timeIsGood) return undefined;
  const [first] = instantsOf(zone, bookingDate, bookingTime);
  if (first === undefined) {
    const detail = `${bookingTime} does not exist on ${bookingDate} in ${zone}: clocks skip it. Choose another time.`;
    faults.push({ code: 'nonexistent_local_time', field: 'time', detail });
  }
  return first;
}

function instantOfStart(start: string, faults: Fault[]): number | undefined {
  const instant = parseInstant(start);
  if (instant === undefined) {
    const detail = `"${start.slice(0, 40)}" is not an instant. Use RFC 3339 with an offset: 2026-11-23T09:00:00-05:00.`;
    faults.push({ code: 'validation_failed', field: 'start', detail });
  }
  return instant;
}

/** What a client asks to book, with good inputs. */
export interface Wish {
  readonly candidates: readonly Candidate[];
  readonly service: Service;
  readonly instant: number;
}

export interface WishOptions extends When {
  readonly service: string;
  readonly barberId?: number | undefined;
  readonly notes?: string | null | undefined;
}

const MAX_NOTES = 2000;

/** Reads a request by the shop's rules; all its faults at once, with those that were found before. */
export function wishOf(rules: ShopRules, options: WishOptions, found: readonly Fault[] = []): Wish | Refusal {
  const faults = [...found];
  checkNotes(options.notes, faults);
  const candidates = candidatesFor(rules, options.service, options.barberId, faults);
  const service = findService(rules, options.service);
  const instant = instantOf(rules, options, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  if (service === undefined || instant === undefined) throw new Error('A request without faults is complete');
  return { candidates, service, instant };
}

/** What is wrong with those parts of a request that are given; of what is missing, only when it is to be. */
export function faultsOfParts(rules: ShopRules, given: RequestParts): Fault[] {
  const faults: Fault[] = [];
  const { isPartial, service, barberId, notes, start, bookingDate, bookingTime } = given;
  checkNotes(notes, faults);
  candidatesFor(rules, service, barberId, faults);
  const isWhole = start !== undefined || (bookingDate !== undefined && bookingTime !== undefined);
  if (isWhole || !isPartial) {
    instantOf(rules, given, faults);
  } else {
    zoneFor(rules, given.userTimezone, faults);
    if (bookingDate !== undefined) checkDate(bookingDate, 'date', faults);
    if (bookingTime !== undefined) checkTime(bookingTime, faults);
  }
  return faults;
}

export function checkNotes(notes: string | null | undefined, faults: Fault[]): void {
  // Counted as Postgres counts: an emoji is one.
  if (notes == null || [...notes].length <= MAX_NOTES) return;
  const detail = `Notes may have at most ${MAX_NOTES} characters.`;
  faults.push({ code: 'validation_failed', field: 'notes', detail });
}
