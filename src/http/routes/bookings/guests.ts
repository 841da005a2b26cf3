import { createHmac } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Hold } from '../../../booking/types/bookings.ts';
import type { BookingMethods } from '../../../booking/types/service.ts';
import { callerOf } from '../../access/caller.ts';
import type { Identity } from '../../access/identity.ts';
import { bookOnce, createdUnder } from '../../plugins/idempotency.ts';
import { GuestAnswer, HoldAnswer, wireGuestBooking } from '../../wire/booking.ts';
import { faultsOfParts, GuestBody, HoldBody, HoldParams, requestOf } from '../../wire/booking-request.ts';
import { problems, ShopQuery } from '../../wire/common.ts';

/** Booking without an account: keeping a slot while a form is filled in, and booking as a guest. Public. */
export function guestRoutes(
  bookings: BookingMethods,
  { anybody }: Identity,
  visitorKey: string,
  tag: string,
): FastifyPluginAsyncTypebox {
  const about = { tags: [tag] };

  return async (app) => {
    app.addHook('onRequest', anybody);

    app.post(
      '/hold',
      {
        config: { limit: 'hold', faultsOf: faultsOfParts(bookings) },
        schema: {
          ...about,
          summary: 'Keep a slot for some minutes, until it is booked or released',
          querystring: ShopQuery,
          body: HoldBody,
          response: { 201: HoldAnswer, ...problems(400, 403, 404, 409, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        // Not the address as it is: a booking is kept for longer than that should be.
        const visitor = createHmac('sha256', visitorKey).update(callerOf(request)).digest('base64url');
        const asked = { ...requestOf(request.body, request.query), visitor };
        const answerOf = (hold: Hold) => ({ status: 201, body: wireHold(hold) });
        return bookOnce(reply, answerOf, (inTransaction) => bookings.holdSlot({ ...asked, inTransaction }));
      },
    );

    app.delete(
      '/hold/:hold_token',
      {
        config: { limit: 'token' },
        schema: {
          ...about,
          summary: 'Release a slot before its time',
          params: HoldParams,
          querystring: ShopQuery,
          response: {
            204: Type.Null({ description: 'The slot is free' }),
            ...problems(400, 403, 404, 413, 415, 422, 429, 503),
          },
        },
      },
      (request, reply) => {
        const holdToken = request.params.hold_token;
        const answerOf = (body: null) => ({ status: 204, body });
        return bookOnce(reply, answerOf, (inTransaction) =>
          bookings.releaseHold({ holdToken, inTransaction }),
        );
      },
    );

    app.post(
      '/guest',
      {
        config: { limit: 'guest', faultsOf: faultsOfParts(bookings) },
        schema: {
          ...about,
          summary: 'Book without an account',
          querystring: ShopQuery,
          body: GuestBody,
          response: { 201: GuestAnswer, ...problems(400, 403, 404, 409, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        const { notes, hold_token, name, email, phone } = request.body;
        return bookOnce(reply, createdUnder(app.prefix, wireGuestBooking), (inTransaction) =>
          bookings.createGuestBooking({
            ...requestOf(request.body, request.query),
            notes,
            holdToken: hold_token,
            name,
            email,
            phone,
            inTransaction,
          }),
        );
      },
    );
  };
}

function wireHold({ holdToken, expiresAt, barberId, start }: Hold) {
  return { hold_token: holdToken, expires_at: expiresAt, barber_id: barberId, start };
}
