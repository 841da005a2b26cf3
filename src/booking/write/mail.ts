import type { Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { MailContent } from '../../mail/mail.ts';
import { enqueueMail } from '../../mail/outbox.ts';
import type { Booking } from '../types/bookings.ts';

type Told =
  | { readonly template: 'booking_confirmed'; readonly manageToken?: string | undefined }
  | { readonly template: 'booking_changed'; readonly previousStart: string }
  | { readonly template: 'booking_cancelled' };

/** Tells the client of a booking what became of it, where an address is known; sent once the transaction commits. */
export async function tellClient(trx: Transaction<Database>, booking: Booking, told: Told): Promise<void> {
  const row = await trx
    .selectFrom('booking')
    .innerJoin('shop', 'shop.id', 'booking.shop_id')
    .leftJoin('user', 'user.id', 'booking.user_id')
    .select([
      'booking.shop_id',
      'shop.name as shop_name',
      'user.name as user_name',
      'user.email as user_email',
      'booking.guest_name',
      'booking.guest_email',
    ])
    .where('booking.id', '=', booking.id)
    .executeTakeFirstOrThrow();
  const recipient = row.user_email ?? row.guest_email;
  if (recipient === null) return;
  const data = {
    clientName: row.user_name ?? row.guest_name ?? '',
    bookingId: booking.id,
    version: booking.version,
    shopName: row.shop_name,
    timezone: booking.timezone,
    barberName: booking.barberName,
    service: booking.service,
    start: booking.start,
    end: booking.end,
    price: booking.price,
  };
  await enqueueMail(trx, { shopId: row.shop_id, recipient, ...content(told, data) });
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
