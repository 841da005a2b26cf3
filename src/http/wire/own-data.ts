import { type Static, Type } from 'typebox';
import type { OwnData } from '../../auth/own-data.ts';
import type { Booking } from '../../booking/types/bookings.ts';
import { BookingAnswer, HistoryAnswer, wireBooking, wireChange } from './booking.ts';
import { Id } from './common.ts';

const Instant = Type.String({ format: 'date-time' });
const Text = Type.Union([Type.String(), Type.Null()]);
const MaybeInstant = Type.Union([Instant, Type.Null()]);

export const ExportAnswer = Type.Object(
  {
    account: Type.Object({
      id: Id,
      name: Type.String(),
      email: Type.String(),
      email_verified: Type.Boolean(),
      image: Text,
      created_at: Instant,
      updated_at: Instant,
    }),
    roles: Type.Array(
      Type.Object({
        shop: Type.Union([Type.String(), Type.Null()], { description: 'Null: at every shop' }),
        role: Type.Enum(['barber', 'admin']),
      }),
    ),
    chairs: Type.Array(Type.Object({ shop: Type.String(), barber_id: Id, name: Type.String() })),
    bookings: Type.Array(
      Type.Object({ ...BookingAnswer.properties, history: HistoryAnswer.properties.items }),
    ),
    sign_ins: Type.Array(
      Type.Object({ provider: Type.String(), created_at: Instant }, { description: 'Ways to sign in' }),
    ),
    sessions: Type.Array(
      Type.Object({
        created_at: Instant,
        expires_at: Instant,
        ip_address: Text,
        user_agent: Text,
      }),
    ),
    api_keys: Type.Array(
      Type.Object({
        id: Id,
        name: Text,
        created_at: Instant,
        expires_at: MaybeInstant,
        last_used_at: MaybeInstant,
      }),
    ),
    mails: Type.Array(
      Type.Object({ template: Type.String(), created_at: Instant }, { description: 'Not sent yet' }),
    ),
  },
  { description: 'Everything that is held about the account' },
);

export function wireOwnData(data: OwnData, bookings: readonly Booking[]): Static<typeof ExportAnswer> {
  const { account } = data;
  return {
    account: {
      id: account.id,
      name: account.name,
      email: account.email,
      email_verified: account.emailVerified,
      image: account.image,
      created_at: account.createdAt,
      updated_at: account.updatedAt,
    },
    roles: data.roles.map(({ shop, role }) => ({ shop, role })),
    chairs: data.chairs.map(({ shop, barberId, name }) => ({ shop, barber_id: barberId, name })),
    bookings: bookings.map((booking) => ({
      ...wireBooking(booking),
      history: data.changes.filter((change) => change.bookingId === booking.id).map(wireChange),
    })),
    sign_ins: data.signIns.map(({ provider, createdAt }) => ({ provider, created_at: createdAt })),
    sessions: data.sessions.map((session) => ({
      created_at: session.createdAt,
      expires_at: session.expiresAt,
      ip_address: session.ipAddress,
      user_agent: session.userAgent,
    })),
    api_keys: data.apiKeys.map((key) => ({
      id: key.id,
      name: key.name,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
      last_used_at: key.lastUsedAt,
    })),
    mails: data.mails.map(({ template, createdAt }) => ({ template, created_at: createdAt })),
  };
}
