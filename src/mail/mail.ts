import { type Static, Type } from 'typebox';

const BOOKING = {
  clientName: Type.String(),
  bookingId: Type.Integer(),
  /** Of the booking: tells calendars which of two mails is the newer one. */
  version: Type.Integer(),
  shopName: Type.String(),
  /** The shop's, IANA: times are told in it. */
  timezone: Type.String(),
  barberName: Type.String(),
  service: Type.String(),
  /** RFC 3339 with offset. */
  start: Type.String(),
  end: Type.String(),
  /** Minor units and ISO 4217. */
  price: Type.Object({ amount: Type.Integer(), currency: Type.String() }),
  /** Whether the client has an account, and so a list of bookings. */
  hasAccount: Type.Optional(Type.Boolean()),
};

/** What a mail says, by its template; the form in which the outbox keeps it, too. */
export const MailContent = Type.Union([
  Type.Object({
    template: Type.Literal('booking_confirmed'),
    /** `manageToken`: for a guest, who has no other way to the booking. */
    data: Type.Object({ ...BOOKING, manageToken: Type.Optional(Type.String()) }),
  }),
  Type.Object({
    template: Type.Literal('booking_changed'),
    /** `previousStart`: RFC 3339; equal to `start` where something else changed. */
    data: Type.Object({ ...BOOKING, previousStart: Type.String() }),
  }),
  Type.Object({
    template: Type.Literal('booking_cancelled'),
    data: Type.Object(BOOKING),
  }),
  Type.Object({
    template: Type.Literal('password_reset'),
    /** `url`: only where the request named a page to come back to. */
    data: Type.Object({ name: Type.String(), token: Type.String(), url: Type.Optional(Type.String()) }),
  }),
  Type.Object({
    template: Type.Literal('barber_invitation'),
    /** `timezone`: the shop's, IANA; `expiresAt`: RFC 3339. */
    data: Type.Object({
      shopName: Type.String(),
      timezone: Type.String(),
      barberName: Type.String(),
      token: Type.String(),
      expiresAt: Type.String(),
    }),
  }),
]);

export type MailContent = Static<typeof MailContent>;
export type MailTemplate = MailContent['template'];

export type Mail = MailContent & {
  /** An e-mail address, without a name. */
  readonly recipient: string;
  /** The shop it is about: deleted with it. Null for what concerns an account. */
  readonly shopId: number | null;
};

/** Every template that this release can write. */
export const TEMPLATES: readonly MailTemplate[] = MailContent.anyOf.map(
  ({ properties }) => properties.template.const,
);
