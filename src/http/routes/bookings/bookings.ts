import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Booking, BookingRef } from '../../../booking/types/bookings.ts';
import type { BookingMethods } from '../../../booking/types/service.ts';
import { accountOf, type Identity, MANAGE_TOKEN } from '../../access/identity.ts';
import { unwrap } from '../../outcome.ts';
import { type Answer, bookOnce, createdUnder } from '../../plugins/idempotency.ts';
import { SECURITY } from '../../plugins/openapi.ts';
import { ProblemError, problemOf } from '../../problem.ts';
import { BookingAnswer, BookingsAnswer, HistoryAnswer, wireBooking, wireChange } from '../../wire/booking.ts';
import {
  ChangeBody,
  ChangeHeaders,
  CreateBody,
  faultsOfParts,
  ListQuery,
  requestOf,
  TokenHeaders,
  whenOf,
} from '../../wire/booking-request.ts';
import { IdParams, PageQuery, pageOf, problems, ShopQuery } from '../../wire/common.ts';

/**
 * Bookings, one's own and those where one is staff. Somebody else's booking is not found. What concerns a single
 * booking takes the token of a guest instead of a login.
 */
export function bookingRoutes(
  bookings: BookingMethods,
  { signedIn, signedInOrToken }: Identity,
  tag: string,
): FastifyPluginAsyncTypebox {
  const about = { tags: [tag], security: SECURITY };
  const byToken = { tags: [tag], security: [...SECURITY, { manageToken: [] }] };

  return async (app) => {
    app.post(
      '/create',
      {
        onRequest: signedIn,
        config: { limit: 'booking', faultsOf: faultsOfParts(bookings) },
        schema: {
          ...about,
          summary: 'Book',
          querystring: ShopQuery,
          body: CreateBody,
          response: { 201: BookingAnswer, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        const { notes, hold_token } = request.body;
        return bookOnce(reply, createdUnder(app.prefix, wireBooking), (inTransaction) =>
          bookings.createBooking({
            ...requestOf(request.body, request.query),
            userId: accountOf(request).id,
            notes,
            holdToken: hold_token,
            inTransaction,
          }),
        );
      },
    );

    app.get(
      '/',
      {
        onRequest: signedIn,
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
        onRequest: signedInOrToken,
        config: { limit: 'token' },
        schema: {
          ...byToken,
          summary: 'One booking',
          params: IdParams,
          headers: TokenHeaders,
          querystring: ShopQuery,
          response: { 200: BookingAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => wireBooking(unwrap(await bookings.getBookingById(refOf(request)))),
    );

    app.patch(
      '/:id',
      {
        onRequest: signedInOrToken,
        config: { limit: 'change', faultsOf: faultsOfParts(bookings, true) },
        schema: {
          ...byToken,
          summary: 'Move or change a booking',
          params: IdParams,
          querystring: ShopQuery,
          headers: ChangeHeaders,
          body: ChangeBody,
          response: { 200: BookingAnswer, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        const { service, barber_id, notes, shop = request.query.shop, ...when } = request.body;
        const ifVersion = versionOf(request.headers['if-match']);
        const updateData = { service, barberId: barber_id, notes, ...whenOf(when) };
        return bookOnce(reply, changed, (inTransaction) =>
          bookings.updateBooking({ ...refOf(request), shop, updateData, ifVersion, inTransaction }),
        );
      },
    );

    for (const { path, summary, change } of [
      { path: 'cancel', summary: 'Cancel a booking', change: bookings.cancelBooking },
      { path: 'complete', summary: 'By staff: the client was there', change: bookings.completeBooking },
      { path: 'no-show', summary: 'By staff: the client did not come', change: bookings.markNoShow },
    ]) {
      app.post(
        `/:id/${path}`,
        {
          onRequest: signedInOrToken,
          config: { limit: 'token' },
          schema: {
            ...byToken,
            summary,
            params: IdParams,
            headers: TokenHeaders,
            querystring: ShopQuery,
            response: { 200: BookingAnswer, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503) },
          },
        },
        (request, reply) =>
          bookOnce(reply, changed, (inTransaction) => change({ ...refOf(request), inTransaction })),
      );
    }

    app.get(
      '/:id/history',
      {
        onRequest: signedInOrToken,
        config: { limit: 'token' },
        schema: {
          ...byToken,
          summary: 'Who changed what, when',
          params: IdParams,
          headers: TokenHeaders,
          querystring: PageQuery,
          response: { 200: HistoryAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => {
        const changes = unwrap(await bookings.getBookingHistory(refOf(request))).map(wireChange);
        // Changes are only ever added, so their position is a cursor.
        const page = pageOf([...changes.entries()], ([position]) => position + 1, request.query);
        return { items: page.items.map(([, change]) => change), next_cursor: page.next_cursor };
      },
    );
  };
}

type OneBooking = FastifyRequest<{
  Params: Static<typeof IdParams>;
  Querystring: Static<typeof ShopQuery>;
  Headers: Static<typeof TokenHeaders>;
}>;

/** Which booking is meant, and by whom. */
export function refOf({ params, query, headers, account }: OneBooking): BookingRef {
  const manageToken = headers[MANAGE_TOKEN];
  return { bookingId: params.id, userId: account?.id, manageToken, shop: query.shop };
}

function changed(booking: Booking): Answer<Static<typeof BookingAnswer>> {
  return { status: 200, body: wireBooking(booking) };
}

/** The version in `If-Match`: 3, "3" or W/"3"; `*` is any. */
function versionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const digits = /^\s*(?:W\/)?("?)(\d{1,9})\1\s*$/.exec(header)?.[2];
  if (digits !== undefined) return Number(digits);
  const detail = 'If-Match takes the "version" of a booking, as in If-Match: "3".';
  throw new ProblemError(problemOf([{ pointer: '/If-Match', code: 'validation_failed', detail }]));
}
