import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { BookingMethods } from '../../../booking/types/service.ts';
import { type Identity, MANAGE_TOKEN } from '../../access/identity.ts';
import { unwrap } from '../../outcome.ts';
import { BookingAnswer, wireBooking } from '../../wire/booking.ts';
import { TokenHeaders } from '../../wire/booking-request.ts';
import { problems } from '../../wire/common.ts';

/** For whoever has a link with a manage token, and not yet the booking that it is for. */
export function managedBookingRoutes(
  bookings: Pick<BookingMethods, 'getManagedBooking'>,
  { withToken }: Identity,
  tag: string,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/managed',
      {
        onRequest: withToken,
        config: { limit: 'token' },
        schema: {
          tags: [tag],
          security: [{ manageToken: [] }],
          summary: 'The booking that a manage token stands for',
          headers: TokenHeaders,
          response: { 200: BookingAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => {
        // Without one nobody comes as far as here.
        const manageToken = request.headers[MANAGE_TOKEN] ?? '';
        return wireBooking(unwrap(await bookings.getManagedBooking({ manageToken })));
      },
    );
  };
}
