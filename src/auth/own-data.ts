import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import { type HeldRole, rolesOf } from './roles/roles.ts';

interface OwnAccount {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly image: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A change of one of the account's bookings. */
export interface OwnChange {
  readonly bookingId: number;
  readonly at: string;
  readonly actor: { readonly role: string; readonly userId: number | null };
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

/** Without the tokens, passwords and keys themselves. Instants are RFC 3339. */
export interface OwnData {
  readonly account: OwnAccount;
  readonly roles: readonly HeldRole[];
  /** The oldest first. */
  readonly changes: readonly OwnChange[];
  readonly chairs: readonly { readonly shop: string; readonly barberId: number; readonly name: string }[];
  readonly signIns: readonly { readonly provider: string; readonly createdAt: string }[];
  readonly sessions: readonly {
    readonly createdAt: string;
    readonly expiresAt: string;
    readonly ipAddress: string | null;
    readonly userAgent: string | null;
  }[];
  readonly apiKeys: readonly {
    readonly id: number;
    readonly name: string | null;
    readonly createdAt: string;
    readonly expiresAt: string | null;
    readonly lastUsedAt: string | null;
  }[];
  /** About to be sent; nothing personal is kept of others. Only what is about the account: an address proves nothing. */
  readonly mails: readonly { readonly template: string; readonly createdAt: string }[];
}

/** What is held about an account but for its bookings; undefined where it is gone. */
export async function selectOwnData(db: Kysely<Database>, userId: number): Promise<OwnData | undefined> {
  const { rows } = await sql<Omit<OwnData, 'roles'>>`
    select
      json_build_object('id', person.id, 'name', person.name, 'email', person.email, 'image', person.image,
        'emailVerified', person."emailVerified", 'createdAt', person."createdAt",
        'updatedAt', person."updatedAt") as account,
      coalesce((select json_agg(json_build_object('shop', shop.slug, 'barberId', barber.id, 'name', barber.name)
          order by barber.id)
        from barber join shop on shop.id = barber.shop_id where barber.user_id = person.id), '[]') as chairs,
      coalesce((select json_agg(json_build_object('provider', "providerId", 'createdAt', "createdAt") order by id)
        from account where "userId" = person.id), '[]') as "signIns",
      coalesce((select json_agg(json_build_object('createdAt', "createdAt", 'expiresAt', "expiresAt",
          'ipAddress', "ipAddress", 'userAgent', "userAgent") order by id)
        from session where "userId" = person.id), '[]') as sessions,
      coalesce((select json_agg(json_build_object('id', id, 'name', name, 'createdAt', "createdAt",
          'expiresAt', "expiresAt", 'lastUsedAt', "lastRequest") order by id)
        from apikey where "referenceId" = person.id::text), '[]') as "apiKeys",
      coalesce((select json_agg(json_build_object('bookingId', booking_id, 'at', at,
          'actor', json_build_object('role', actor_role, 'userId', actor_id), 'changes', changes)
          order by booking_history.id)
        from booking_history join booking on booking.id = booking_id
        where booking.user_id = person.id), '[]') as changes,
      coalesce((select json_agg(json_build_object('template', template, 'createdAt', created_at) order by id)
        from mail_outbox
        where lower(recipient) = person.email and (template = 'password_reset'
          or data -> 'bookingId' in (select to_jsonb(id) from booking where user_id = person.id))), '[]') as mails
    from "user" as person
    where person.id = ${userId}`.execute(db);
  const [row] = rows;
  return row && { ...row, roles: await rolesOf(db, userId) };
}
