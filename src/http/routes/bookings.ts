import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { BookingRef } from '../../booking/types/bookings.ts';
import type { BookingMethods } from '../../booking/types/service.ts';
import { unwrap } from '../outcome.ts';
import { accountOf, type SignedIn } from '../plugins/identity.ts';
import { SECURITY } from '../plugins/openapi.ts';
import { ProblemError, problemOf } from '../problem.ts';
import {
  BookingAnswer,
  BookingsAnswer,
  ChangeBody,
  ChangeHeaders,
  CreateBody,
  HistoryAnswer,
  HistoryQuery,
  ListQuery,
  whenOf,
  wireBooking,
  wireChange,
} from '../wire/booking.ts';
import { IdParams, pageOf, problems, ShopQuery } from '../wire/common.ts';

/** One's own bookings. Everything here needs an account, and somebody else's booking is not found. */
export function bookingRoutes(
  bookings: BookingMethods,
  signedIn: SignedIn,
  tag: string,
): FastifyPluginAsyncTypebox {
  const about = { tags: [tag], security: SECURITY };

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.post(
      '/create',
      {
        schema: {
          ...about,
          summary: 'Book',
          querystring: ShopQuery,
          body: CreateBody,
          response: { 201: BookingAnswer, ...problems(400, 401, 403, 404, 409, 413, 415, 429, 503) },
        },
      },
      async (request, reply) => {
        const { service, barber_id, notes, shop = request.query.shop, ...when } = request.body;
        const outcome = await bookings.createBooking({
          userId: accountOf(request).id,
          barberId: barber_id,
          service,
          shop,
          notes,
          ...whenOf(when),
        });
        const booking = wireBooking(unwrap(outcome));
        reply.header('location', `${app.prefix}/${booking.id}`);
        return reply.code(201).send(booking);
      },
    );

    app.get(
      '/',
      {
        schema: {
          ...about,
          summary: 'Own bookings, the newest first',
          querystring: ListQuery,
          response: { 200: BookingsAnswer, ...problems(400, 401, 429, 503) },
        },
      },
      async (request) => {
        const page = await bookings.getUserBookings({ userId: accountOf(request).id, ...request.query });
        return { items: page.items.map(wireBooking), next_cursor: page.nextCursor };
      },
    );

    app.get(
      '/:id',
      {
        schema: {
          ...about,
          summary: 'One booking',
          params: IdParams,
          querystring: ShopQuery,
          response: { 200: BookingAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => {
        const ref = refOf(request);
        return wireBooking(unwrap(await bookings.getBookingById(ref)));
      },
    );

    app.patch(
      '/:id',
      {
        schema: {
          ...about,
          summary: 'Move or change a booking',
          params: IdParams,
          querystring: ShopQuery,
          headers: ChangeHeaders,
          body: ChangeBody,
          response: { 200: BookingAnswer, ...problems(400, 401, 403, 404, 409, 413, 415, 429, 503) },
        },
      },
      async (request) => {
        const { service, barber_id, notes, shop = request.query.shop, ...when } = request.body;
        const outcome = await bookings.updateBooking({
          ...refOf(request),
          shop,
          updateData: { service, barberId: barber_id, notes, ...whenOf(when) },
          ifVersion: versionOf(request.headers['if-match']),
        });
        return wireBooking(unwrap(outcome));
      },
    );

    app.post(
      '/:id/cancel',
      {
        schema: {
          ...about,
          summary: 'Cancel a booking',
          params: IdParams,
          querystring: ShopQuery,
          response: { 200: BookingAnswer, ...problems(400, 401, 403, 404, 409, 415, 429, 503) },
        },
      },
      async (request) => {
        const ref = refOf(request);
        return wireBooking(unwrap(await bookings.cancelBooking(ref)));
      },
    );

    app.get(
      '/:id/history',
      {
        schema: {
          ...about,
          summary: 'Who changed what, when',
          params: IdParams,
          querystring: HistoryQuery,
          response: { 200: HistoryAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => {
        const ref = refOf(request);
        const changes = unwrap(await bookings.getBookingHistory(ref)).map(wireChange);
        // Changes are only ever added, so their position is a cursor.
        const page = pageOf([...changes.entries()], ([position]) => position + 1, request.query);
        return { items: page.items.map(([, change]) => change), next_cursor: page.next_cursor };
      },
    );
  };
}

/** Which booking is meant, and by whom. */
function refOf(
  request: FastifyRequest<{ Params: Static<typeof IdParams>; Querystring: Static<typeof ShopQuery> }>,
): BookingRef {
  return { bookingId: request.params.id, userId: accountOf(request).id, shop: request.query.shop };
}

/** The version in `If-Match`: 3, "3" or W/"3"; `*` is any. */
function versionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const digits = /^\s*(?:W\/)?("?)(\d{1,9})\1\s*$/.exec(header)?.[2];
  if (digits !== undefined) return Number(digits);
  const detail = 'If-Match takes the "version" of a booking, as in If-Match: "3".';
  throw new ProblemError(problemOf([{ pointer: '/If-Match', code: 'validation_failed', detail }]));
}
