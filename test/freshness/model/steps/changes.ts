import fc from 'fast-check';
import { command, picked } from '../commands.ts';
import { faultsOf, only, overlapsAnother, REFUSALS, refusalToChange } from '../decisions.ts';
import type { Asked } from '../servers.ts';
import { type Booking, keepsItsTime, type Shop, type Taken } from '../shop.ts';
import { candidatesOf, daysOf, objectionTo } from '../slots.ts';
import { changeBooking, clearLapsed, expectAnswer } from './record.ts';
import { asking, targetOf } from './wishes.ts';

const isPossible = ({ bookings }: Shop) => bookings.length > 0;
const who = fc.oneof(
  { weight: 4, arbitrary: fc.constant('owner' as const) },
  { weight: 3, arbitrary: fc.constant('staff' as const) },
  { weight: 1, arbitrary: fc.constant('stranger' as const) },
);
const which = fc.record({ pick: fc.nat(100), who });

interface Actor {
  readonly standing: 'owner' | 'staff' | 'stranger';
  readonly asked: Asked;
}

/** Whoever owns nothing is served by staff. */
function actorFor({ client, manageToken }: Booking, wanted: Actor['standing']): Actor {
  if (wanted === 'stranger') {
    return { standing: wanted, asked: { as: client === 'ada' ? 'ben' : 'ada' } };
  }
  if (wanted === 'owner' && client !== undefined) return { standing: wanted, asked: { as: client } };
  if (wanted === 'owner' && manageToken !== undefined)
    return { standing: wanted, asked: { headers: { 'x-manage-token': manageToken } } };
  return { standing: 'staff', asked: { as: 'admin' } };
}

const move = command({
  name: 'move',
  parameters: fc.record({
    which,
    asking,
    what: fc.subarray(['when', 'service', 'barber'] as const, { minLength: 1 }),
    isStale: fc.nat(9).map((n) => n === 9),
  }),
  isPossible,
  async run(shop, servers, { which: { pick, who }, asking, what, isStale }, process) {
    const booking = picked(shop.bookings, pick);
    const { standing, asked } = actorFor(booking, who);
    const target = targetOf(shop, asking);
    const barberId = what.includes('barber') ? picked(shop.barbers, asking.barber).id : undefined;
    const service = what.includes('service') ? target.service : undefined;
    const body = { shop: shop.slug, service, barber_id: barberId, ...(what.includes('when') && target.when) };
    const at = what.includes('when') ? target.at : booking.start;
    const to = { service, barberId: barberId ?? booking.barberId, at };
    const isStaff = standing === 'staff';
    const refusal =
      (standing === 'stranger' ? '404 not_found' : undefined) ??
      (isStale ? '409 version_conflict' : undefined) ??
      refusalToChange(booking) ??
      (!isStaff && shop.cancellationNoticed ? '409 too_late_to_cancel' : undefined);
    const moved: Moved = refusal === undefined ? whereTo(shop, booking, to, isStaff) : { refusal };
    const headers = { ...asked.headers, 'if-match': `${isStale ? booking.version + 1 : booking.version}` };
    const answer = await servers.send(process, 'PATCH', `/bookings/${booking.id}`, {
      ...asked,
      body,
      headers,
    });
    expectAnswer(answer, moved.refusal ?? '200');
    if (moved.change === undefined) return;
    clearLapsed(shop, moved.change);
    changeBooking(shop, booking, moved.change);
  },
});

type Moved =
  | { readonly refusal: string; readonly change?: never }
  | { readonly refusal?: never; readonly change: Taken & { readonly service: string } };

/** With the same barber and service it takes as long as it was booked for, whatever the service takes by now. */
function whereTo(shop: Shop, booking: Booking, to: Wanted, isStaff: boolean): Moved {
  const isAsBooked = to.service === undefined && to.barberId === booking.barberId;
  const service = to.service ?? booking.service;
  const faults = faultsOf(shop, isAsBooked ? undefined : service, to.barberId);
  if (faults.length > 0) return { refusal: only(faults) };
  const candidates = candidatesOf(shop, isAsBooked ? undefined : service, to.barberId).map(
    ({ barber, time }) => ({ barber, time: isAsBooked ? booking : time }),
  );
  const [day] = daysOf(shop, candidates, booking);
  const objection = day === undefined ? 'outside' : objectionTo(shop, day, to.at, isStaff);
  if (day === undefined || objection !== undefined) return { refusal: REFUSALS[objection ?? 'outside'] };
  const { duration, before, after } = day.candidate.time;
  const { made } = booking;
  return { change: { service, barberId: to.barberId, start: to.at, duration, before, after, made } };
}

interface Wanted {
  readonly service: string | undefined;
  readonly barberId: number;
  readonly at: number;
}

const annotate = command({
  name: 'annotate',
  parameters: fc.record({ which, notes: fc.constantFrom('left-handed', 'by the window', null) }),
  isPossible,
  async run(shop, servers, { which: { pick, who }, notes }, process) {
    const booking = picked(shop.bookings, pick);
    const { standing, asked } = actorFor(booking, who);
    // Staff may still write down what was left unsaid.
    const isOver =
      standing === 'staff' && booking.status !== 'cancelled' ? undefined : refusalToChange(booking);
    const refusal = standing === 'stranger' ? '404 not_found' : isOver;
    const path = `/bookings/${booking.id}`;
    const answer = await servers.send(process, 'PATCH', path, { ...asked, body: { notes } });
    expectAnswer(answer, refusal ?? '200');
    if (refusal === undefined && notes !== booking.notes) changeBooking(shop, booking, { notes });
  },
});

const cancel = command({
  name: 'cancel',
  parameters: which,
  isPossible,
  async run(shop, servers, { pick, who }, process) {
    const booking = picked(shop.bookings, pick);
    const { standing, asked } = actorFor(booking, who);
    const refusal =
      (standing === 'stranger' ? '404 not_found' : undefined) ??
      refusalToChange(booking) ??
      (standing === 'owner' && shop.cancellationNoticed ? '409 too_late_to_cancel' : undefined);
    const answer = await servers.send(process, 'POST', `/bookings/${booking.id}/cancel`, asked);
    expectAnswer(answer, refusal ?? '200');
    if (refusal === undefined) changeBooking(shop, booking, { status: 'cancelled' });
  },
});

/** Done or a no-show, and the correction back, which may find the time taken. */
const close = command({
  name: 'close',
  parameters: fc.record({ which, status: fc.constantFrom('completed', 'no_show') }),
  isPossible,
  async run(shop, servers, { which: { pick, who }, status }, process) {
    const booking = picked(shop.bookings, pick);
    const { standing, asked } = actorFor(booking, who);
    const closed = { ...booking, status };
    const isTaken = keepsItsTime(closed) && !keepsItsTime(booking) && overlapsAnother(shop, closed, true);
    const refusal =
      { stranger: '404 not_found', owner: '403 forbidden', staff: undefined }[standing] ??
      (booking.status === 'cancelled' ? '409 already_cancelled' : undefined) ??
      (isTaken ? '409 slot_taken' : undefined);
    const path = `/bookings/${booking.id}/${status === 'completed' ? 'complete' : 'no-show'}`;
    const answer = await servers.send(process, 'POST', path, asked);
    expectAnswer(answer, refusal ?? '200');
    if (refusal !== undefined || booking.status === status) return;
    clearLapsed(shop, booking);
    changeBooking(shop, booking, { status });
  },
});

export const changeSteps = [move, annotate, cancel, close];
