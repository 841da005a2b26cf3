import type { TestShop } from '../support/shop.ts';
import type { Role } from './access-matrix.table.ts';
import type { Operation } from './fuzz/operations.ts';
import { type Account, createTargets, type Post, type Targets } from './fuzz/targets.ts';
import { type Extra, PASSWORD, type TestServer } from './server.ts';

export interface Asked extends Extra {
  readonly url: string;
}

export interface Cast {
  readonly targets: Targets;
  /** Ids of chairs at the shop: of the barber, and of the other one. */
  readonly chairs: readonly [number, number];
  /** The account of a role that has one. */
  account(role: Role): Account | undefined;
  /** The same kind of account, for a request after which it is of no more use. */
  another(role: Role): Promise<Account | undefined>;
}

/** Somebody for every role, at a shop and at another one. */
export async function castRoles(server: TestServer, shop: TestShop, foreign: TestShop): Promise<Cast> {
  const [own, other] = shop.barberIds;
  const [theirs] = foreign.barberIds;
  if (own === undefined || other === undefined || theirs === undefined)
    throw new Error('Two barbers are needed here and one elsewhere');
  const targets = createTargets(server, shop);
  const posts: Partial<Record<Role, readonly Post[]>> = {
    client: [],
    'other client': [],
    barber: [{ shop: shop.id, role: 'barber' }],
    'other barber': [{ shop: shop.id, role: 'barber' }],
    'foreign barber': [{ shop: foreign.id, role: 'barber' }],
    admin: [{ shop: shop.id, role: 'admin' }],
    'foreign admin': [{ shop: foreign.id, role: 'admin' }],
    owner: [{ shop: null, role: 'admin' }],
  };
  const another = async (role: Role) => {
    const held = posts[role];
    return held && targets.account(...held);
  };
  const accounts = new Map<string, Account>();
  for (const role of Object.keys(posts)) {
    const account = await another(role as Role);
    if (account !== undefined) accounts.set(role, account);
  }
  for (const [role, chair] of [
    ['barber', own],
    ['other barber', other],
    ['foreign barber', theirs],
  ] as const)
    await server.database.pool.query('update barber set user_id = $1 where id = $2', [
      accounts.get(role)?.id,
      chair,
    ]);
  return { targets, chairs: [own, other], account: (role) => accounts.get(role), another };
}

/** Writes after which the account is gone, signed out or somebody else. */
const SPENDS_ACCOUNT = new Set([
  'DELETE /api/v2/me',
  'POST /api/auth/sign-out',
  'POST /api/v2/invitations/accept',
]);

let asked = 0;
let slots = 0;

/** A request that is right in every part, on something that no other request is aimed at. */
export async function requestFor(cast: Cast, { name, path }: Operation, role: Role): Promise<Asked> {
  const operation = name.replace('/appointments', '/bookings');
  const account = SPENDS_ACCOUNT.has(operation) ? await cast.another(role) : cast.account(role);
  const [chair, otherChair] = cast.chairs;
  const isGuest = role === 'guest' || role === 'other guest';
  const booking = await bookingFor(cast, operation, isGuest);
  const manageToken = await tokenFor(cast, role, booking?.token);
  const body = await bodyOf(operation, cast, role === 'other barber' ? otherChair : chair);
  return {
    url: `${await pathOf(operation, path, cast, booking?.id)}${QUERIES[operation] ?? ''}`,
    ...(account !== undefined && { token: account.token }),
    ...(body !== undefined && { body }),
    headers: {
      // One visitor may hold two slots.
      'x-forwarded-for': `10.0.${asked >> 8}.${asked++ & 255}`,
      ...(manageToken !== undefined && { 'x-manage-token': manageToken }),
    },
  };
}

async function tokenFor({ targets, chairs: [chair] }: Cast, role: Role, own: string | undefined) {
  if (role === 'guest' && own !== undefined) return own;
  return role === 'guest' || role === 'other guest' ? (await targets.booking(chair)).token : undefined;
}

async function bookingFor({ targets, chairs: [chair], account }: Cast, operation: string, isGuest: boolean) {
  if (!operation.includes('/bookings/{id}')) return undefined;
  return targets.booking(chair, isGuest ? undefined : account('client')?.id);
}

const QUERIES: Readonly<Record<string, string>> = {
  'GET /api/v2/bookings/available-slots': '?target_date=2026-11-24',
  'GET /api/v2/bookings/available-days': '?from=2026-11-24&to=2026-11-30',
  'GET /api/v2/staff/calendar': '?from=2026-11-24&to=2026-11-30',
  'GET /api/v2/staff/working-time': '?from=2026-11-24&to=2026-11-30',
  'GET /api/v2/staff/clients': '?query=zoe',
  'GET /api/v2/admin/holidays': '?country=US&year=2027',
};

async function pathOf(operation: string, path: string, cast: Cast, bookingId = 0): Promise<string> {
  const { targets } = cast;
  const [chair] = cast.chairs;
  const isOwnTime = /\/barbers\/\{id\}\/(hours|overrides|time-off)/.test(operation);
  const values: Record<string, () => string | number | Promise<string | number>> = {
    '/bookings/{id}': () => bookingId,
    '/barbers/{id}': () => (isOwnTime ? chair : targets.barber()),
    '/invalidate/barber/{id}': targets.barber,
    '/warm-up/{id}': targets.warmUp,
    '/services/{id}': targets.service,
    '/closures/{id}': targets.closure,
    '/users/{id}': async () => (await targets.colleague()).id,
    '/hold/{hold_token}': () => targets.hold(chair),
    '/overrides/{date}': () => targets.override(chair),
    '/time-off/{time_off_id}': () => targets.timeOff(chair),
  };
  let filled = path;
  for (const [place, find] of Object.entries(values)) {
    if (!operation.includes(place)) continue;
    const value = await find();
    filled = filled.replace(/\{\w+\}/, String(value));
  }
  return filled;
}

/** Half an hour for everybody. */
function nextSlot(): { date: string; time: string } {
  const minutes = slots++ * 30;
  const day = new Date(Date.UTC(2026, 10, 24) + minutes * 60_000).toISOString();
  return { date: day.slice(0, 10), time: day.slice(11, 16) };
}

async function bodyOf(operation: string, { targets }: Cast, chair: number): Promise<object | undefined> {
  const wish = () => ({ ...nextSlot(), service: 'Trim', barber_id: chair });
  const who = { name: 'Ada', email: `ada-${++asked}@example.com` };
  const far = { start_date: '2028-12-24' };
  switch (operation) {
    case 'POST /api/auth/sign-up/email':
      return { ...who, password: PASSWORD };
    case 'POST /api/auth/sign-in/email':
      return { email: KNOWN_EMAIL, password: PASSWORD };
    case 'POST /api/v2/bookings/availability/batch':
      return { items: [{ service: 'Trim', start: '2026-11-24T10:00:00-05:00' }] };
    case 'POST /api/v2/bookings/hold':
    case 'POST /api/v2/bookings/create':
      return wish();
    case 'POST /api/v2/bookings/guest':
    case 'POST /api/v2/staff/bookings':
      return { ...wish(), ...who };
    case 'PATCH /api/v2/bookings/{id}':
      return nextSlot();
    case 'POST /api/v2/invitations/accept':
      return { token: await targets.invitation() };
    case 'POST /api/v2/admin/shops':
      return { slug: `shop-${asked}-of-many`, name: 'Another', timezone: 'Europe/Berlin' };
    case 'PUT /api/v2/cache/settings':
      return { available_slots_ttl: 600 };
    case 'PATCH /api/v2/admin/shop':
      return { hold_minutes: 7 };
    case 'POST /api/v2/admin/closures':
    case 'POST /api/v2/admin/barbers/{id}/time-off':
      return far;
    case 'POST /api/v2/cache/invalidate/date-range':
      return { start_date: '2026-11-24', end_date: '2026-11-30' };
    case 'POST /api/v2/admin/closures/holidays':
      return { country: 'US', year: 2030, dates: ['2030-07-04'] };
    case 'POST /api/v2/admin/services':
      return { name: `Shave ${asked}`, duration_minutes: 30, price: { amount: 1500 } };
    case 'PATCH /api/v2/admin/services/{id}':
      return { duration_minutes: 25 };
    case 'POST /api/v2/admin/barbers':
    case 'PATCH /api/v2/admin/barbers/{id}':
      return { name: 'Bob' };
    case 'PUT /api/v2/admin/barbers/{id}/hours':
      return { weekly_hours: ALL_DAY };
    case 'POST /api/v2/admin/barbers/{id}/overrides':
      return { date: '2028-12-24', periods: [] };
    case 'POST /api/v2/admin/barbers/{id}/invite':
      return { email: who.email };
    case 'PUT /api/v2/admin/users/{id}/role':
      return { role: 'barber' };
    default:
      return undefined;
  }
}

/** Of an account that signed up with `PASSWORD`. */
export const KNOWN_EMAIL = 'known@example.com';
const ALL_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' }));
