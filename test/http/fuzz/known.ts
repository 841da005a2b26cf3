import fc from 'fast-check';
import type { Operation } from './operations.ts';

/** Stands for something that is made for one request, just before it is sent. */
export class Fresh {
  readonly what: FreshThing;

  constructor(what: FreshThing) {
    this.what = what;
  }
}
export type FreshThing =
  | 'booking'
  | 'hold'
  | 'manage token'
  | 'invitation'
  | 'barber'
  | 'service'
  | 'closure'
  | 'warm-up'
  | 'override'
  | 'time off'
  | 'account'
  | 'slug';

/** What there is, for the fields that name it. */
export interface World {
  /** Slug and ids where bookings are made. */
  readonly shop: string;
  readonly barberIds: readonly number[];
  readonly services: readonly string[];
  /** The chair of the barber's account there. */
  readonly chair: number;
  /** The first shop, where administration may do as it likes, and the chair of the barber's account there. */
  readonly managedChair: number;
  readonly managedBarberIds: readonly number[];
  readonly managedServiceIds: readonly number[];
  readonly managed: string;
  readonly clientId: number;
  readonly email: string;
  readonly password: string;
}

export function isManaged({ path }: Operation): boolean {
  return (path.includes('/admin/') && !path.includes('/cache/')) || path.includes('/invitations/');
}

const day = (from: number, to: number) =>
  fc
    .integer({ min: from, max: to })
    .map((days) => new Date(Date.UTC(2026, 10, 23 + days)).toISOString().slice(0, 10));
const pad = (n: number) => String(n).padStart(2, '0');
const time = (from: number, to: number) =>
  fc.integer({ min: from * 2, max: to * 2 }).map((half) => `${pad(half >> 1)}:${half % 2 ? '30' : '00'}`);
const ZONES = ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
const WORDS = [
  'Ada',
  'Zoë Müller',
  'נועה',
  '美咲',
  '🪒💈',
  'O’Hara; drop table booking',
  'x'.repeat(150),
  ' a ',
];

/** Values that make sense for a parameter or field of this name; undefined where the schema alone says what does. */
export function knownValues(
  world: World,
  operation: Operation,
  name: string,
): fc.Arbitrary<unknown> | undefined {
  const managed = isManaged(operation);
  switch (name) {
    case 'shop':
      return fc.constant(managed ? world.managed : world.shop);
    case 'slug':
      return fc.constant(new Fresh('slug'));
    case 'barber_id':
      return fc.constantFrom(world.chair, ...world.barberIds);
    case 'barber_ids':
      return fc.subarray([...(managed ? world.managedBarberIds : world.barberIds)], {
        minLength: managed ? 0 : 1,
      });
    case 'service':
      return fc.constantFrom(...world.services);
    case 'service_id':
      return fc.constantFrom(...world.managedServiceIds);
    case 'client_id':
      return fc.constant(world.clientId);
    case 'from':
    case 'start_date':
      return day(1, 20);
    case 'to':
    case 'end_date':
      return day(21, 60);
    case 'date':
    case 'target_date':
    case 'dates':
      return day(1, 60);
    case 'time':
      return time(9, 19);
    case 'opens':
    case 'start_time':
      return time(7, 11);
    case 'closes':
    case 'end_time':
      return time(12, 24);
    case 'same_day_cutoff':
      return time(9, 19);
    case 'start':
      return fc.tuple(day(1, 60), time(9, 19)).map(([date, at]) => `${date}T${at}:00-05:00`);
    case 'timezone':
      return operation.path.includes('/shop') ? fc.constantFrom(...ZONES) : fc.constant('America/New_York');
    case 'user_timezone':
      return fc.constantFrom(...ZONES);
    case 'hold_token':
    case 'x-hold-token':
      return fc.constant(new Fresh('hold'));
    case 'token':
      return fc.constant(new Fresh('invitation'));
    case 'x-manage-token':
      return fc.constant(new Fresh('manage token'));
    case 'if-match':
      return fc.constantFrom('"1"', '1', 'W/"1"', '*', '"2"');
    case 'idempotency-key':
      return fc.oneof(fc.uuid(), fc.constantFrom('again', 'and again'));
    case 'name':
      return fc.tuple(fc.constantFrom(...WORDS), fc.nat(99_999)).map(([word, n]) => `${word} ${n}`);
    case 'notes':
    case 'reason':
      return fc.constantFrom(...WORDS);
    case 'query':
      return fc.constantFrom('a', 'zoe', '@', '%', '_', '\\');
    case 'email':
      return operation.path.endsWith('sign-in/email')
        ? fc.constant(world.email)
        : fc.nat(999_999_999).map((n) => `fuzz-${n}@example.com`);
    case 'password':
      return fc.constant(world.password);
    case 'phone':
      return fc.constantFrom('+1 212 555 0100', '0170/1234567');
    case 'country':
      return fc.constantFrom('US', 'DE', 'FR', 'JP');
    case 'state':
    case 'region':
      return fc.constantFrom('NY', 'BY', 'A');
    case 'language':
      return fc.constantFrom('en', 'de');
    case 'year':
      return fc.integer({ min: 2026, max: 2031 });
    case 'currency':
      return fc.constant('USD');
    case 'cursor':
      return fc.constantFrom(0, 1, 5, 1_000_000);
    default:
      return undefined;
  }
}

const PLACES: readonly (readonly [RegExp, FreshThing])[] = [
  [/\/(bookings|appointments)\/\{id\}/, 'booking'],
  [/\/hold\/\{hold_token\}/, 'hold'],
  [/\/services\/\{id\}/, 'service'],
  [/\/closures\/\{id\}/, 'closure'],
  [/\/warm-up\/\{id\}/, 'warm-up'],
  [/\/users\/\{id\}/, 'account'],
];

/** What a parameter of the path names. */
export function knownPart(world: World, { path }: Operation, name: string): unknown {
  if (name === 'date') return new Fresh('override');
  if (name === 'time_off_id') return new Fresh('time off');
  if (/\/barbers\/\{id\}\/(hours|overrides|time-off)/.test(path)) return world.managedChair;
  if (path.includes('/barbers/{id}')) return new Fresh('barber');
  if (path.includes('/invalidate/barber/')) return world.chair;
  const place = PLACES.find(([pattern]) => pattern.test(path));
  if (place === undefined) throw new Error(`What is {${name}} in ${path}?`);
  return new Fresh(place[1]);
}
