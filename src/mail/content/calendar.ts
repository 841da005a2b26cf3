import createCalendar, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import type { MailContent } from '../mail.ts';
import { domainOf, type Mailbox, type Message } from '../transport.ts';
import { told } from './letter.ts';
import { price } from './wording.ts';

type BookingData = Extract<MailContent, { template: 'booking_cancelled' }>['data'];

/** What an entry says of a booking. */
export type CalendarEntry = Pick<
  BookingData,
  'bookingId' | 'version' | 'shopName' | 'barberName' | 'service' | 'start' | 'end' | 'price'
> & { readonly cancelled: boolean };

export interface EntryOptions {
  readonly shopId: number | null;
  readonly from: Mailbox;
  readonly writtenAt: Date;
}

export interface CalendarOptions extends EntryOptions {
  readonly to: string;
}

/**
 * The booking for the client's calendar (RFC 5545); undefined for a mail that is not about one. The same booking
 * has the same UID in every mail, and its version as SEQUENCE, so that calendars move and remove what they have:
 * that takes the methods REQUEST and CANCEL (RFC 5546 §3.2), with the client as somebody who already said yes.
 */
export function calendarOf(mail: MailContent, options: CalendarOptions): Message['calendar'] {
  if (mail.template === 'password_reset' || mail.template === 'barber_invitation') return undefined;
  const { data } = mail;
  const { to } = options;
  const cancelled = mail.template === 'booking_cancelled';
  const attendee = {
    email: to,
    name: quotable(data.clientName) || to,
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.ACCEPTED,
    rsvp: false,
  };
  const event = { ...eventOf({ ...data, cancelled }, options), attendees: [attendee] };
  const method = cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  return { method: cancelled ? 'CANCEL' : 'REQUEST', content: written(method, event) };
}

/** The same entry as a file to download: published (RFC 5546 §3.2.1), so without anybody who is invited. */
export function calendarFileOf(entry: CalendarEntry, options: EntryOptions): string {
  return written(ICalCalendarMethod.PUBLISH, eventOf(entry, options));
}

function written(method: ICalCalendarMethod, event: ICalEventData): string {
  const calendar = createCalendar({ prodId: '//Freshchair//Freshchair//EN', method });
  calendar.createEvent(event);
  return calendar.toString();
}

function eventOf(entry: CalendarEntry, { shopId, from, writtenAt }: EntryOptions): ICalEventData {
  return {
    id: `booking-${entry.bookingId}.shop-${shopId}@${domainOf(from)}`,
    sequence: entry.version,
    stamp: writtenAt,
    start: new Date(entry.start),
    end: new Date(entry.end),
    summary: `${told(entry.service)} at ${told(entry.shopName)}`,
    description: `With ${told(entry.barberName)}, ${price(entry.price)}, booking ${entry.bookingId}`,
    location: told(entry.shopName),
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: quotable(entry.shopName) || from.address, email: from.address },
  };
}

/** A parameter's value stands in quotes, and RFC 5545 §3.1 knows no way to write a quote in it. */
function quotable(name: string): string {
  return told(name).replaceAll('"', "'").replaceAll('\\', '/');
}
