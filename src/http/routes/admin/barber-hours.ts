import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { bookingsOutsideWork, bookingsWithin } from '../../../booking/conflicts.ts';
import { addDays } from '../../../calendar/time.ts';
import { changeBarber, findBarber } from '../../../shop/administration/barbers.ts';
import { findOverrides, removeOverride, replaceOverride } from '../../../shop/administration/overrides.ts';
import { addTimeOff, findTimeOff, removeTimeOff } from '../../../shop/administration/time-off.ts';
import { requireChair, staffOf } from '../../access/access.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import {
  AddedTimeOffAnswer,
  ChangedHoursAnswer,
  ChangedOverrideAnswer,
  DatesQuery,
  dateCursor,
  HoursAnswer,
  HoursBody,
  OverrideBody,
  OverrideParams,
  OverridesAnswer,
  TimeOffBody,
  TimeOffParams,
  TimesOffAnswer,
  wireOverride,
  wireTimeOff,
} from '../../wire/admin/barber-hours.ts';
import { wireStaffBooking } from '../../wire/booking.ts';
import { IdParams, pageAsked, pageOf, problems, ShopQuery } from '../../wire/common.ts';
import { wireWeek, writtenRangeOf } from '../../wire/schedule.ts';
import { ABOUT, type Administration, READS, WRITES } from './administration.ts';

const GONE = Type.Null({ description: 'It is gone' });

/** When a barber works. For the shop's administrators, and for the barber himself. */
export function barberHoursRoutes(options: Administration): FastifyPluginAsyncTypebox {
  const { db, commit, clock, signedIn, access } = options;
  const preValidation = [access.atLeast('barber'), ownChair];

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/barbers/:id/hours',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'The usual week of a barber',
          params: IdParams,
          querystring: ShopQuery,
          response: { 200: HoursAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const barber = unwrap(await findBarber(db, staffOf(request).shopId, request.params.id));
        return { weekly_hours: wireWeek(barber.weeklyHours) };
      },
    );

    app.put(
      '/barbers/:id/hours',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Replace the usual week of a barber',
          params: IdParams,
          querystring: ShopQuery,
          body: HoursBody,
          response: { 200: ChangedHoursAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id } = request.params;
        const weeklyHours = request.body.weekly_hours;
        return writeOnce(commit, reply, 200, async (trx) => {
          unwrap(await changeBarber(trx, shopId, id, { weeklyHours }));
          const barber = unwrap(await findBarber(trx, shopId, id));
          const conflicts = await bookingsOutsideWork(trx, { shopId, barberIds: [id] }, clock.now());
          return { weekly_hours: wireWeek(barber.weeklyHours), conflicts: conflicts.map(wireStaffBooking) };
        });
      },
    );

    app.get(
      '/barbers/:id/overrides',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Dates on which a barber works other hours',
          params: IdParams,
          querystring: DatesQuery,
          response: { 200: OverridesAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const { shopId } = staffOf(request);
        const overrides = unwrap(await findOverrides(db, shopId, request.params.id, request.query));
        return pageOf(overrides.map(wireOverride), dateCursor, request.query);
      },
    );

    app.post(
      '/barbers/:id/overrides',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Replace the hours of a barber on one date',
          description: 'Within the opening hours of the shop: what lies outside of them is not worked.',
          params: IdParams,
          querystring: ShopQuery,
          body: OverrideBody,
          response: { 201: ChangedOverrideAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id } = request.params;
        return writeOnce(commit, reply, 201, async (trx) => {
          const value = unwrap(await replaceOverride(trx, shopId, id, request.body));
          // A period may end on the following date.
          const dates = [value.date, addDays(value.date, 1)];
          const outside = await bookingsOutsideWork(trx, { shopId, barberIds: [id] }, clock.now());
          const conflicts = outside.filter(({ date }) => dates.includes(date));
          return { ...wireOverride(value), conflicts: conflicts.map(wireStaffBooking) };
        });
      },
    );

    app.delete(
      '/barbers/:id/overrides/:date',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Let the usual week of a barber hold again on a date',
          params: OverrideParams,
          querystring: ShopQuery,
          response: { 204: GONE, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id, date } = request.params;
        return writeOnce(commit, reply, 204, async (trx) =>
          unwrap(await removeOverride(trx, shopId, id, date)),
        );
      },
    );

    app.get(
      '/barbers/:id/time-off',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'When a barber is away',
          params: IdParams,
          querystring: DatesQuery,
          response: { 200: TimesOffAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const { from, to } = request.query;
        const asked = { from, to, ...pageAsked(request.query) };
        const found = unwrap(await findTimeOff(db, staffOf(request).shopId, request.params.id, asked));
        return pageOf(found.map(wireTimeOff), ({ id }) => id, request.query);
      },
    );

    app.post(
      '/barbers/:id/time-off',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Give a barber time off',
          description: 'Succeeds whatever is booked, and answers with the bookings that lie in it.',
          params: IdParams,
          querystring: ShopQuery,
          body: TimeOffBody,
          response: { 201: AddedTimeOffAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id } = request.params;
        const written = { ...writtenRangeOf(request.body), reason: request.body.reason };
        return writeOnce(commit, reply, 201, async (trx) => {
          const value = unwrap(await addTimeOff(trx, shopId, id, written));
          const conflicts = await bookingsWithin(trx, { shopId, barberIds: [id], range: value.range });
          return { ...wireTimeOff(value), conflicts: conflicts.map(wireStaffBooking) };
        });
      },
    );

    app.delete(
      '/barbers/:id/time-off/:time_off_id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Take time off back',
          params: TimeOffParams,
          querystring: ShopQuery,
          response: { 204: GONE, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id, time_off_id } = request.params;
        return writeOnce(commit, reply, 204, async (trx) =>
          unwrap(await removeTimeOff(trx, shopId, id, time_off_id)),
        );
      },
    );
  };
}

/** Before validation, like the role: the id is still a text. */
async function ownChair(request: FastifyRequest): Promise<void> {
  requireChair(staffOf(request), Number(Reflect.get(Object(request.params), 'id')));
}
