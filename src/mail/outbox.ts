import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { Mail } from './mail.ts';

/**
 * Puts a mail into the outbox, in the caller's transaction: it is sent some time after that commits, and not at
 * all when it rolls back. Only Postgres is asked, so no mail server can hold up a booking.
 */
export async function enqueueMail(trx: Kysely<Database>, mail: Mail): Promise<void> {
  const { shopId, template, recipient, data } = mail;
  await trx
    .insertInto('mail_outbox')
    .values({ shop_id: shopId, template, recipient, data: JSON.stringify(data) })
    .execute();
}
