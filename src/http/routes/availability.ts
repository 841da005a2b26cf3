import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { BookingMethods } from '../../booking/types/service.ts';
import { HOLD_TOKEN } from '../access/identity.ts';
import { createAvailabilityReplies, wantsExact } from '../availability-reply.ts';
import { unwrap } from '../outcome.ts';
import {
  BatchAnswer,
  BatchBody,
  DaysAnswer,
  DaysQuery,
  HoldHeaders,
  NextAnswer,
  NextQuery,
  NotModified,
  SlotsAnswer,
  SlotsQuery,
  wireBatch,
  wireDays,
  wireNextAvailable,
  wireSlots,
} from '../wire/availability.ts';
import { faultsOfParts } from '../wire/booking-request.ts';
import { problems, ShopQuery } from '../wire/common.ts';

/** What is free. Public: no token is looked at. */
export function availabilityRoutes(bookings: BookingMethods, tag: string): FastifyPluginAsyncTypebox {
  const replies = createAvailabilityReplies();
  return async (app) => {
    app.get(
      '/available-slots',
      {
        onRequest: replies.again,
        config: { faultsOf: faultsOfParts(bookings, true) },
        schema: {
          tags: [tag],
          summary: 'Every slot of a day, free or not',
          querystring: SlotsQuery,
          headers: HoldHeaders,
          response: { 200: SlotsAnswer, 304: NotModified, ...problems(400, 404, 503) },
        },
      },
      async (request, reply) => {
        const { target_date, barber_id, user_timezone, include_next_available, shop, service } =
          request.query;
        const options = {
          targetDate: target_date,
          userTimezone: user_timezone,
          includeNextAvailable: include_next_available,
          ...readerOf(request),
          shop,
          service,
        };
        const outcome =
          barber_id === undefined
            ? await bookings.getAvailableSlots(options)
            : await bookings.getAvailableSlotsWithBarberAvailability({ ...options, barberId: barber_id });
        const slots = unwrap(outcome, { date: 'target_date', timezone: 'user_timezone' });
        return replies.send(request, reply, wireSlots(slots));
      },
    );

    app.get(
      '/available-days',
      {
        onRequest: replies.again,
        config: { faultsOf: faultsOfParts(bookings, true) },
        schema: {
          tags: [tag],
          summary: 'How much is free on each of up to 62 days',
          querystring: DaysQuery,
          headers: HoldHeaders,
          response: { 200: DaysAnswer, 304: NotModified, ...problems(400, 404, 503) },
        },
      },
      async (request, reply) => {
        const { barber_id, ...query } = request.query;
        const options = { ...query, barberId: barber_id, ...readerOf(request) };
        return replies.send(request, reply, wireDays(unwrap(await bookings.getAvailableDays(options))));
      },
    );

    app.get(
      '/next-available',
      {
        onRequest: replies.again,
        config: { faultsOf: faultsOfParts(bookings, true) },
        schema: {
          tags: [tag],
          summary: 'The first free slot, up to the booking horizon',
          querystring: NextQuery,
          headers: HoldHeaders,
          response: { 200: NextAnswer, 304: NotModified, ...problems(400, 404, 503) },
        },
      },
      async (request, reply) => {
        const { barber_id, user_timezone, ...query } = request.query;
        const options = {
          ...query,
          barberId: barber_id,
          userTimezone: user_timezone,
          ...readerOf(request),
        };
        const next = unwrap(await bookings.getNextAvailableSlot(options), { timezone: 'user_timezone' });
        return replies.send(request, reply, wireNextAvailable(next));
      },
    );

    app.post(
      '/availability/batch',
      {
        config: { limit: 'batch', readsOnly: true },
        schema: {
          tags: [tag],
          summary: 'Whether each of up to 100 bookings could be made',
          querystring: ShopQuery,
          headers: HoldHeaders,
          body: BatchBody,
          response: { 200: BatchAnswer, ...problems(400, 404, 413, 415, 429, 503) },
        },
      },
      async (request, reply) => {
        const { shop = request.query.shop } = request.body;
        const items = request.body.items.map(({ barber_id, ...item }) => ({ ...item, barberId: barber_id }));
        const outcome = await bookings.checkAvailability({ shop, items, ...readerOf(request) });
        return replies.send(request, reply, wireBatch(unwrap(outcome)));
      },
    );
  };
}

/** How a read is asked: exactly or not, and by the holder of a slot or not. */
function readerOf(request: FastifyRequest): { exact: boolean; holdToken: string | undefined } {
  const holdToken = request.headers[HOLD_TOKEN];
  return {
    exact: wantsExact(request),
    holdToken: typeof holdToken === 'string' ? holdToken : undefined,
  };
}
