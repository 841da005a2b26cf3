import type { Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { MailContent } from '../../mail/mail.ts';
import { enqueueMail } from '../../mail/outbox.ts';
import type { StaffBooking } from '../types/bookings.ts';

type Told =
  | { readonly template: 'booking_confirmed'; readonly manageToken?: string | undefined }
  | { readonly template: 'booking_changed'; readonly previousStart: string }
  | { readonly template: 'booking_cancelled' };

/** Tells the client of a booking what became of it, where an address is known; sent once the transaction commits. */
export async function tellClient(
  trx: Transaction<Database>,
  booking: StaffBooking,
  told: Told,
): Promise<void> {
  const { client } = booking;
  if (client === null || client.email === null) return;
  const shop = await trx
    .selectFrom('booking')
    .innerJoin('shop', 'shop.id', 'booking.shop_id')
    .select(['shop.id', 'shop.name'])
    .where('booking.id', '=', booking.id)
    .executeTakeFirstOrThrow();
  const data = {
    clientName: client.name,
    bookingId: booking.id,
    version: booking.version,
    shopName: shop.name,
    timezone: booking.timezone,
    barberName: booking.barberName,
    service: booking.service,
    start: booking.start,
    end: booking.end,
    price: booking.price,
    hasAccount: client.userId !== null,
  };
  await enqueueMail(trx, { shopId: shop.id, recipient: client.email, ...content(told, data) });
}

type Data = Extract<MailContent, { template: 'booking_cancelled' }>['data'];

function content(told: Told, data: Data): MailContent {
  switch (told.template) {
    case 'booking_confirmed':
      return {
        template: told.template,
        data: { ...data, ...(told.manageToken !== undefined && { manageToken: told.manageToken }) },
      };
    case 'booking_changed':
      return { template: told.template, data: { ...data, previousStart: told.previousStart } };
    case 'booking_cancelled':
      return { template: told.template, data };
  }
}
