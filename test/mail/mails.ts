import type { Kysely } from 'kysely';
import type { Database } from '../../src/database/schema.ts';
import { createLogger } from '../../src/log.ts';
import type { Mail, MailContent } from '../../src/mail/mail.ts';
import { createMailer, type Mailer } from '../../src/mail/mailer.ts';
import { createSmtpTransport } from '../../src/mail/smtp.ts';
import type { Transport } from '../../src/mail/transport.ts';
import { clockAt } from '../support/shop.ts';
import type { TestDatabase } from '../support/test-database.ts';

export type DataOf<T extends MailContent['template']> = Extract<MailContent, { template: T }>['data'];

export const FROM = { name: 'Freshchair', address: 'bookings@example.com' };

export const BOOKING: DataOf<'booking_cancelled'> = {
  clientName: 'Ada',
  bookingId: 17,
  version: 1,
  shopName: 'Main Street Barbers',
  timezone: 'America/New_York',
  barberName: 'Ana',
  service: 'Haircut',
  start: '2026-11-23T10:00:00-05:00',
  end: '2026-11-23T10:30:00-05:00',
  price: { amount: 3000, currency: 'USD' },
};

export const confirmation = (recipient: string, data: Partial<DataOf<'booking_confirmed'>> = {}): Mail => ({
  template: 'booking_confirmed',
  recipient,
  shopId: null,
  data: { ...BOOKING, ...data },
});

export interface TestMailer extends Mailer {
  readonly clock: ReturnType<typeof clockAt>;
  readonly logged: () => Record<string, unknown>[];
}

/** A mailer over a server's URL or another transport, and what it logs. */
export function mailerOver(
  db: Kysely<Database>,
  way: string | Transport,
  silenceLimitMs = 10_000,
): TestMailer {
  const clock = clockAt('2026-11-22T20:00:00-05:00');
  const lines: string[] = [];
  const log = createLogger('debug', { write: (line) => void lines.push(line) });
  const transport = typeof way === 'string' ? createSmtpTransport({ url: way, silenceLimitMs }) : way;
  const mailer = createMailer({ db, transport, from: FROM, clock, log });
  return { ...mailer, clock, logged: () => lines.map((line) => JSON.parse(line)) };
}

export interface Row {
  readonly id: number;
  readonly state: 'waiting' | 'claimed' | 'sent' | 'failed';
  readonly attempts: number;
  readonly error: string | null;
  readonly recipient: string | null;
  readonly data: unknown;
  /** Seconds until it is due. */
  readonly pause: number;
}

/** The outbox. */
export async function rowsOf({ pool }: Pick<TestDatabase, 'pool'>): Promise<Row[]> {
  const { rows } = await pool.query<Row>(`
    select id, attempts, last_error as error, recipient, data,
      case when sent_at is not null then 'sent' when failed_at is not null then 'failed'
           when claimed_at is not null then 'claimed' else 'waiting' end as state,
      extract(epoch from send_after - now())::double precision as pause
    from mail_outbox order by id`);
  return rows;
}
