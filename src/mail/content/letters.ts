import type { MailContent } from '../mail.ts';
import { type Letter, told } from './letter.ts';
import { type Links, linksTo } from './links.ts';
import { briefMoment, moment, period, price } from './wording.ts';

type DataOf<T extends MailContent['template']> = Extract<MailContent, { template: T }>['data'];
type BookingData = DataOf<'booking_cancelled'>;

const CALENDAR_NOTE = 'The file in this mail puts it into your calendar.';

/** With links where `publicUrl` says where our pages are. */
export function letterOf(mail: MailContent, publicUrl?: string): Letter {
  const links = linksTo(publicUrl);
  switch (mail.template) {
    case 'booking_confirmed':
      return bookingConfirmed(mail.data, links);
    case 'booking_changed':
      return bookingChanged(mail.data, links);
    case 'booking_cancelled':
      return bookingCancelled(mail.data);
    case 'password_reset':
      return passwordReset(mail.data, links);
    case 'barber_invitation':
      return barberInvitation(mail.data, links);
  }
}

function bookingConfirmed(data: DataOf<'booking_confirmed'>, links: Links): Letter {
  const { bookingId, manageToken } = data;
  return {
    subject: `Booking confirmed: ${brief(data)}`,
    greeting: greeting(data.clientName),
    opening: [`Your booking at ${told(data.shopName)} is confirmed.`],
    facts: bookingFacts(data),
    ...links.booking(data),
    ...(manageToken !== undefined && {
      code: {
        label: 'Manage token',
        value: told(manageToken),
        use: `It stands in for a login on this one booking: sent as X-Manage-Token, it lets you change or cancel it at /api/v2/bookings/${bookingId}.`,
      },
    }),
    closing: [CALENDAR_NOTE, told(data.shopName)],
  };
}

function bookingChanged(data: DataOf<'booking_changed'>, links: Links): Letter {
  const moved = Date.parse(data.previousStart) !== Date.parse(data.start);
  const before = { label: 'Before', value: moment(data.previousStart, data.timezone) };
  return {
    subject: `Booking changed: ${brief(data)}`,
    greeting: greeting(data.clientName),
    opening: [`Your booking at ${told(data.shopName)} was changed. This is how it stands now.`],
    facts: [...bookingFacts(data), ...(moved ? [before] : [])],
    ...links.change(data),
    closing: [CALENDAR_NOTE, told(data.shopName)],
  };
}

function bookingCancelled(data: BookingData): Letter {
  return {
    subject: `Booking cancelled: ${brief(data)}`,
    greeting: greeting(data.clientName),
    opening: [`Your booking at ${told(data.shopName)} was cancelled.`],
    facts: bookingFacts(data),
    closing: ['The file in this mail takes it out of your calendar.', told(data.shopName)],
  };
}

function passwordReset(data: DataOf<'password_reset'>, links: Links): Letter {
  return {
    subject: 'Your new password',
    greeting: greeting(data.name),
    opening: [
      'Somebody, we hope you, asked to choose a new password for your account. That is possible for one hour.',
    ],
    facts: [],
    ...links.newPassword(data),
    code: {
      label: 'Reset token',
      value: told(data.token),
      use: 'Programs send it as "token", with a "newPassword", to POST /api/auth/reset-password.',
    },
    closing: ['If it was not you, there is nothing to do: your password stays as it is.'],
  };
}

function barberInvitation(data: DataOf<'barber_invitation'>, links: Links): Letter {
  const shop = told(data.shopName);
  return {
    subject: `${shop} invites you to take a chair`,
    greeting: greeting(data.barberName),
    opening: [`${shop} invites you to look after your own calendar and working hours there.`],
    facts: [{ label: 'Open until', value: moment(data.expiresAt, data.timezone) }],
    ...links.invitation(data),
    code: {
      label: 'Invitation token',
      value: told(data.token),
      use: 'Signed in to your own account, send it as "token" to POST /api/v2/invitations/accept.',
    },
    closing: ['If you do not know this shop, there is nothing to do.', shop],
  };
}

/** What may be an address: whoever opens an account may call himself anything, and give anybody's address. */
const ADDRESS_LIKE = /\S\.\S|:\/|@/;

function greeting(name: string): string {
  const known = told(name);
  return known === '' || ADDRESS_LIKE.test(known) ? 'Hello,' : `Hello ${known},`;
}

function brief({ service, shopName, start, timezone }: BookingData): string {
  return `${told(service)} at ${told(shopName)}, ${briefMoment(start, timezone)}`;
}

function bookingFacts(data: BookingData): Letter['facts'] {
  return [
    { label: 'When', value: period(data.start, data.end, data.timezone) },
    { label: 'Service', value: told(data.service) },
    { label: 'With', value: told(data.barberName) },
    { label: 'Where', value: told(data.shopName) },
    { label: 'Price', value: price(data.price) },
    { label: 'Booking', value: String(data.bookingId) },
  ];
}
