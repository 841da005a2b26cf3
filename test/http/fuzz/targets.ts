import { hashOf, newToken } from '../../../src/token.ts';
import type { TestShop } from '../../support/shop.ts';
import type { TestServer } from '../server.ts';

export interface Account {
  readonly id: number;
  /** Of a session that was opened just now. */
  readonly token: string;
}

export interface Post {
  /** Id of the shop; null for all of them. */
  readonly shop: number | null;
  readonly role: 'barber' | 'admin';
}

/** What requests are aimed at: each is there for one request alone, so that a write starves no other. */
export interface Targets {
  /** Without a password: signing up takes a tenth of a second of CPU. */
  account(...posts: readonly Post[]): Promise<Account>;
  /** Somebody with a role already. */
  colleague(): Promise<Account>;
  /** Of the client, or of a guest, who has the token. */
  booking(chair: number, client?: number): Promise<{ readonly id: number; readonly token: string }>;
  hold(chair: number): Promise<string>;
  barber(): Promise<number>;
  service(): Promise<number>;
  closure(): Promise<number>;
  /** That is over. */
  warmUp(): Promise<number>;
  timeOff(chair: number): Promise<number>;
  /** The date. */
  override(chair: number): Promise<string>;
  /** The token. */
  invitation(): Promise<string>;
}

const EPOCH = Date.parse('2028-01-03T09:00:00Z');

/** Straight into the tables, as the service would leave them. Administration is aimed at `managed`, the rest at `shop`. */
export function createTargets({ database }: TestServer, shop: TestShop, managed = shop): Targets {
  let made = 0;
  const insert = async <T>(statement: string, values: readonly unknown[]): Promise<T> =>
    (await database.pool.query(`${statement} as value`, [...values])).rows[0].value;
  /** In turn, half an hour each, beyond every horizon. */
  const nextStart = () => new Date(EPOCH + ++made * 1_800_000);
  const nextDate = () => new Date(EPOCH + ++made * 86_400_000).toISOString().slice(0, 10);
  const [serviceId] = Object.values(shop.serviceIds);
  const [service] = Object.keys(shop.serviceIds);

  const occupy = (chair: number, values: readonly unknown[]) =>
    insert<number>(
      `insert into booking (shop_id, barber_id, service_id, service_name, starts_at, ends_at, occupied,
         price_amount, currency, status, lapses_at, user_id, guest_name, guest_email, manage_token_hash, hold_token_hash)
       values ($1, $2, $3, $4, $5, $5::timestamptz + interval '30 minutes',
         tstzrange($5, $5::timestamptz + interval '30 minutes'), 3000, 'USD', $6,
         case when $6 = 'held' then now() + interval '1 hour' end, $7, $8, $9, $10, $11) returning id`,
      [shop.id, chair, serviceId, service, nextStart(), ...values],
    );

  const targets: Targets = {
    async account(...posts) {
      const token = newToken();
      const id = await insert<number>(
        `with person as (
           insert into "user" (name, email, "emailVerified") values ('Zoe', $1, false) returning id
         )
         insert into session ("userId", token, "expiresAt", "updatedAt")
         select id, $2, now() + interval '1 day', now() from person returning "userId"`,
        [`zoe-${token.toLowerCase()}@example.com`, token],
      );
      for (const { shop: at, role } of posts)
        await insert('insert into shop_role (shop_id, user_id, role) values ($1, $2, $3) returning id', [
          at,
          id,
          role,
        ]);
      return { id, token };
    },
    colleague: () => targets.account({ shop: managed.id, role: 'barber' }),
    async booking(chair, client) {
      const token = newToken();
      const who =
        client === undefined ? [null, 'Gast', 'gast@example.com', hashOf(token)] : [client, null, null, null];
      return { id: await occupy(chair, ['confirmed', ...who, null]), token };
    },
    async hold(chair) {
      const token = newToken();
      await occupy(chair, ['held', null, null, null, null, hashOf(token)]);
      return token;
    },
    barber: () => insert(`insert into barber (shop_id, name) values ($1, 'Bo') returning id`, [managed.id]),
    service: () =>
      insert(
        `insert into service (shop_id, name, duration_minutes, price_amount) values ($1, $2, 30, 100) returning id`,
        [managed.id, `Service ${++made}`],
      ),
    closure: () =>
      insert(
        `insert into closure (shop_id, during) values ($1, tsrange($2, $2::timestamp + interval '1 day')) returning id`,
        [managed.id, nextDate()],
      ),
    warmUp: () =>
      insert(
        `insert into warm_up (shop_id, start_date, end_date, status, stats)
         values ($1, '2028-01-03', '2028-01-03', 'done', $2) returning id`,
        [shop.id, { days: 1, barbers: 2, cached: 1, alreadyFresh: 1, errors: 0, durationMs: 1.5 }],
      ),
    timeOff: (chair) =>
      insert(
        `insert into time_off (shop_id, barber_id, during)
         values ($1, $2, tsrange($3, $3::timestamp + interval '1 day')) returning id`,
        [managed.id, chair, nextDate()],
      ),
    async override(chair) {
      const date = nextDate();
      await insert('insert into date_override (shop_id, barber_id, date) values ($1, $2, $3) returning id', [
        managed.id,
        chair,
        date,
      ]);
      return date;
    },
    async invitation() {
      const token = newToken();
      await insert(
        `insert into invitation (shop_id, barber_id, email, token_hash, expires_at)
         values ($1, $2, 'zoe@example.com', $3, now() + interval '1 day') returning id`,
        [managed.id, await targets.barber(), hashOf(token)],
      );
      return token;
    },
  };
  return targets;
}
