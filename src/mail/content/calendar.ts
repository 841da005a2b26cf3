import createCalendar, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import type { MailContent } from '../mail.ts';
import { domainOf, type Mailbox, type Message } from '../transport.ts';
import { told } from './letter.ts';
import { price } from './wording.ts';

export interface CalendarOptions {
  readonly shopId: number | null;
  readonly from: Mailbox;
  readonly to: string;
  readonly writtenAt: Date;
}

/**
 * The booking for the client's calendar (RFC 5545); undefined for a mail that is not about one. The same booking
 * has the same UID in every mail, and its version as SEQUENCE, so that calendars move and remove what they have:
 * that takes the methods REQUEST and CANCEL (RFC 5546 §3.2), with the client as somebody who already said yes.
 */
export function calendarOf(mail: MailContent, options: CalendarOptions): Message['calendar'] {
  if (mail.template === 'password_reset' || mail.template === 'barber_invitation') return undefined;
  const { data } = mail;
  const { shopId, from, to, writtenAt } = options;
  const cancelled = mail.template === 'booking_cancelled';
  const method = cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = createCalendar({ prodId: '//Freshchair//Freshchair//EN', method });
  calendar.createEvent({
    id: `booking-${data.bookingId}.shop-${shopId}@${domainOf(from)}`,
    sequence: data.version,
    stamp: writtenAt,
    start: new Date(data.start),
    end: new Date(data.end),
    summary: `${told(data.service)} at ${told(data.shopName)}`,
    description: `With ${told(data.barberName)}, ${price(data.price)}, booking ${data.bookingId}`,
    location: told(data.shopName),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: quotable(data.shopName) || from.address, email: from.address },
    attendees: [
      {
        email: to,
        name: quotable(data.clientName) || to,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      },
    ],
  });
  return { method: cancelled ? 'CANCEL' : 'REQUEST', content: calendar.toString() };
}

/** A parameter's value stands in quotes, and RFC 5545 §3.1 knows no way to write a quote in it. */
function quotable(name: string): string {
  return told(name).replaceAll('"', "'").replaceAll('\\', '/');
}
