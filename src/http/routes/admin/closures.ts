import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { bookingsWithin } from '../../../booking/conflicts.ts';
import type { StaffBooking } from '../../../booking/types/bookings.ts';
import {
  closeOnHolidays,
  createClosure,
  deleteClosure,
  selectClosures,
} from '../../../shop/administration/closures.ts';
import { chooseHolidays, holidayPlaces, publicHolidays } from '../../../shop/holidays.ts';
import { staffOf } from '../../access/access.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import {
  ClosureAnswer,
  ClosureBody,
  ClosuresAnswer,
  ClosuresQuery,
  HolidaysAnswer,
  HolidaysBody,
  HolidaysQuery,
  ImportedAnswer,
  PlacesAnswer,
  PlacesQuery,
  wireClosure,
} from '../../wire/admin/closures.ts';
import { wireStaffBooking } from '../../wire/booking.ts';
import { IdParams, pageAsked, pageOf, problems, ShopQuery } from '../../wire/common.ts';
import { writtenRangeOf } from '../../wire/schedule.ts';
import { ABOUT, type Administration, READS, WRITES } from './administration.ts';

/** When the shop is closed. For its administrators. A closure never fails for what is booked then. */
export function closureRoutes(options: Administration): FastifyPluginAsyncTypebox {
  const { db, commit, clock, signedIn, access } = options;
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/closures',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'When the shop is closed',
          querystring: ClosuresQuery,
          response: { 200: ClosuresAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const { from, to } = request.query;
        const asked = { from, to, ...pageAsked(request.query) };
        const closures = unwrap(await selectClosures(db, staffOf(request).shopId, asked));
        return pageOf(closures.map(wireClosure), ({ id }) => id, request.query);
      },
    );

    app.post(
      '/closures',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Close the shop for a while',
          description: 'Whole days, or from a time on the first to one on the last. Bookings stay.',
          querystring: ShopQuery,
          body: ClosureBody,
          response: { 201: ClosureAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const closure = { ...writtenRangeOf(request.body), reason: request.body.reason };
        return writeOnce(commit, reply, 201, async (trx) => {
          const { range, ...closed } = unwrap(await createClosure(trx, shopId, closure));
          const conflicts = await bookingsWithin(trx, { shopId, range });
          return { ...wireClosure({ range, ...closed }), conflicts: conflicts.map(wireStaffBooking) };
        });
      },
    );

    app.delete(
      '/closures/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Take a closure back',
          params: IdParams,
          querystring: ShopQuery,
          response: {
            204: Type.Null({ description: 'The shop is not closed for this any more' }),
            ...problems(...WRITES),
          },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        return writeOnce(commit, reply, 204, async (trx) =>
          unwrap(await deleteClosure(trx, shopId, request.params.id)),
        );
      },
    );

    app.get(
      '/holidays',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'The public holidays of a place',
          description: 'Each day of those that last longer by itself; half days are left out.',
          querystring: HolidaysQuery,
          response: { 200: HolidaysAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const holidays = unwrap(await publicHolidays(request.query, clock.now()));
        const page = pageOf([...holidays.entries()], ([position]) => position + 1, request.query);
        return { items: page.items.map(([, holiday]) => holiday), next_cursor: page.next_cursor };
      },
    );

    app.get(
      '/holidays/places',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Where public holidays are known',
          description: 'The countries; with `country` its states, and with `state` as well its regions.',
          querystring: PlacesQuery,
          response: { 200: PlacesAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const places = unwrap(await holidayPlaces(request.query));
        const page = pageOf([...places.entries()], ([position]) => position + 1, request.query);
        return { items: page.items.map(([, place]) => place), next_cursor: page.next_cursor };
      },
    );

    app.post(
      '/closures/holidays',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Close the shop on public holidays',
          description:
            'On all of the year, or on `dates`. Days that are wholly closed already are left as they are.',
          querystring: ShopQuery,
          body: HolidaysBody,
          response: { 201: ImportedAnswer, ...problems(...WRITES) },
        },
      },
      async (request, reply) => {
        const { shopId } = staffOf(request);
        const { dates, ...query } = request.body;
        const holidays = unwrap(await publicHolidays(query, clock.now()));
        const chosen = unwrap(chooseHolidays(holidays, dates));
        return writeOnce(commit, reply, 201, async (trx) => {
          const closures = await closeOnHolidays(trx, shopId, chosen);
          // A booking over midnight meets two of them.
          const conflicts = new Map<number, StaffBooking>();
          for (const { range } of closures)
            for (const booking of await bookingsWithin(trx, { shopId, range }))
              conflicts.set(booking.id, booking);
          return {
            items: closures.map(wireClosure),
            conflicts: [...conflicts.values()].map(wireStaffBooking),
          };
        });
      },
    );
  };
}
