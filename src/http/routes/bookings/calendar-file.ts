import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { rulesOfShop, type ShopSource } from '../../../availability/source.ts';
import type { BookingMethods } from '../../../booking/types/service.ts';
import type { Clock } from '../../../clock.ts';
import { calendarFileOf } from '../../../mail/content/calendar.ts';
import type { Mailbox } from '../../../mail/transport.ts';
import type { Identity } from '../../access/identity.ts';
import { noSuchShop, unwrap } from '../../outcome.ts';
import { SECURITY } from '../../plugins/openapi.ts';
import { CalendarFileAnswer } from '../../wire/booking.ts';
import { TokenHeaders } from '../../wire/booking-request.ts';
import { IdParams, problems, ShopQuery } from '../../wire/common.ts';
import { refOf } from './bookings.ts';

export interface CalendarFileOptions {
  readonly bookings: Pick<BookingMethods, 'getBookingById'>;
  readonly shops: ShopSource;
  /** The sender of the mails, whose entries have the same names. */
  readonly mailFrom: Mailbox;
  readonly clock: Clock;
}

/** A booking as an entry for calendars: the very one that the mails carry. */
export function calendarFileRoutes(
  { bookings, shops, mailFrom: from, clock }: CalendarFileOptions,
  { signedInOrToken }: Identity,
  tag: string,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/:id/calendar',
      {
        onRequest: signedInOrToken,
        config: { limit: 'token' },
        schema: {
          tags: [tag],
          security: [...SECURITY, { manageToken: [] }],
          summary: 'A booking as a file for calendars',
          params: IdParams,
          headers: TokenHeaders,
          querystring: ShopQuery,
          response: { 200: CalendarFileAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request, reply) => {
        const booking = unwrap(await bookings.getBookingById(refOf(request)));
        const shop = await rulesOfShop(shops, booking.shop);
        if (shop === undefined) throw noSuchShop();
        const cancelled = booking.status === 'cancelled';
        const entry = { ...booking, bookingId: booking.id, shopName: shop.name, cancelled };
        const file = calendarFileOf(entry, { shopId: shop.id, from, writtenAt: new Date(clock.now()) });
        reply.type('text/calendar; charset=utf-8');
        reply.header('content-disposition', `attachment; filename="booking-${booking.id}.ics"`);
        return file;
      },
    );
  };
}
