import fc from 'fast-check';
import { instantOf, writtenIn } from '../calendar.ts';
import { picked } from '../commands.ts';
import type { Shop } from '../shop.ts';
import { candidatesOf, daysOf, slotsOn } from '../slots.ts';

/** What somebody may ask for; numbers pick among what there is. */
export interface Asking {
  readonly day: number;
  readonly slot: number;
  /** Any multiple of five minutes instead of a slot. */
  readonly isOdd: boolean;
  readonly service: number;
  /** 0 is any. */
  readonly barber: number;
  readonly how: 'start' | 'here' | 'abroad';
}

export const asking: fc.Arbitrary<Asking> = fc.record({
  day: fc.nat(20),
  slot: fc.nat(500),
  isOdd: fc.nat(9).map((n) => n === 9),
  service: fc.nat(20),
  barber: fc.nat(20),
  how: fc.constantFrom('start', 'here', 'abroad'),
});

const ABROAD = 'Asia/Kathmandu';

export interface Target {
  readonly service: string;
  readonly barberId: number | undefined;
  /** Position in the calendar. */
  readonly at: number;
  /** Fields of a body: that moment. */
  readonly when: object;
  /** All of a body. */
  readonly body: object;
}

export function targetOf(shop: Shop, { day, slot, isOdd, service, barber, how }: Asking): Target {
  const { name } = picked(shop.services, service);
  const barberId = barber % (shop.barbers.length + 1) === 0 ? undefined : picked(shop.barbers, barber).id;
  const at = positionOf(shop, day, slot, isOdd, name, barberId);
  const when = whenOf(shop, at, how);
  const body = { shop: shop.slug, service: name, barber_id: barberId, ...when };
  return { service: name, barberId, at, when, body };
}

function positionOf(
  shop: Shop,
  pickedDay: number,
  pick: number,
  isOdd: boolean,
  service: string,
  barberId: number | undefined,
): number {
  const day = pickedDay % shop.calendar.dates.length;
  const [from, to] = shop.calendar.frame(day);
  const slots = isOdd ? [] : slotsOn(shop, daysOf(shop, candidatesOf(shop, service, barberId)), day);
  return slots.length > 0 ? picked(slots, pick).at : from + ((pick * 5) % (to - from));
}

/** Only `start` can name the second of two equal local times. */
function whenOf({ calendar }: Shop, at: number, how: Asking['how']): object {
  if (how === 'here') return writtenIn(calendar.zone, calendar, at) ?? { start: instantOf(calendar, at) };
  if (how === 'start') return { start: instantOf(calendar, at) };
  return { ...writtenIn(ABROAD, calendar, at), timezone: ABROAD };
}
