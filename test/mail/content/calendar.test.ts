import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../src/mail/content/calendar.ts';
import type { MailContent } from '../../../src/mail/mail.ts';
import { BOOKING, FROM } from '../mails.ts';
import { unfold } from '../mime.ts';

const OPTIONS = {
  shopId: 3,
  from: FROM,
  to: 'ada@example.com',
  writtenAt: new Date('2026-11-22T20:00:00Z'),
};
const CONFIRMED: MailContent = { template: 'booking_confirmed', data: BOOKING };
const CHANGED: MailContent = {
  template: 'booking_changed',
  data: { ...BOOKING, version: 2, previousStart: BOOKING.start },
};
const CANCELLED: MailContent = { template: 'booking_cancelled', data: { ...BOOKING, version: 3 } };

interface Property {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
}

/** RFC 5545 §3.1: unfolded lines, each a name, parameters (in quotes where they hold `:;,`) and a value. */
function parse(calendar: string): Property[] {
  expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(calendar.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  return unfold(calendar, '')
    .split('\r\n')
    .filter(Boolean)
    .map((line) => {
      const parts = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line);
      if (!parts) throw new Error(`Not a line of a calendar: ${line}`);
      const [, name = '', given = '', value = ''] = parts;
      const pairs = [...given.matchAll(/;([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))/g)];
      const parameters = Object.fromEntries(
        pairs.map(([, key, quoted, bare]) => [key, quoted ?? bare ?? '']),
      );
      return { name, parameters, value };
    });
}

function read(mail: MailContent) {
  const calendar = calendarOf(mail, OPTIONS);
  const properties = parse(calendar?.content ?? '');
  const only = (name: string) => {
    const found = properties.filter((property) => property.name === name);
    expect(found, name).toHaveLength(1);
    return found[0] ?? { name, parameters: {}, value: '' };
  };
  return { method: calendar?.method, properties, only, told: (name: string) => only(name).value };
}

describe('the file for the calendar', () => {
  test('has the booking in UTC, at the shop, from the sender to the client', () => {
    const { method, only, told, properties } = read(CONFIRMED);
    expect(method).toBe('REQUEST');
    expect(properties.filter(({ name }) => name === 'BEGIN').map(({ value }) => value)).toEqual([
      'VCALENDAR',
      'VEVENT',
    ]);
    expect(told('VERSION')).toBe('2.0');
    expect(told('METHOD')).toBe('REQUEST');
    expect(told('DTSTART')).toBe('20261123T150000Z');
    expect(told('DTEND')).toBe('20261123T153000Z');
    expect(told('DTSTAMP')).toBe('20261122T200000Z');
    expect(told('STATUS')).toBe('CONFIRMED');
    expect(told('SUMMARY')).toBe('Haircut at Main Street Barbers');
    expect(told('LOCATION')).toBe('Main Street Barbers');
    expect(only('ORGANIZER')).toMatchObject({
      parameters: { CN: 'Main Street Barbers' },
      value: 'mailto:bookings@example.com',
    });
    expect(only('ATTENDEE')).toMatchObject({
      parameters: { CN: 'Ada', PARTSTAT: 'ACCEPTED', RSVP: 'FALSE', ROLE: 'REQ-PARTICIPANT' },
      value: expect.stringMatching(/^mailto:ada@example\.com$/i),
    });
  });

  test('is of the same event in every mail about a booking, each newer than the last', () => {
    const files = [read(CONFIRMED), read(CHANGED), read(CANCELLED)];
    expect(new Set(files.map(({ told }) => told('UID')))).toEqual(new Set(['booking-17.shop-3@example.com']));
    expect(files.map(({ told }) => told('SEQUENCE'))).toEqual(['1', '2', '3']);
  });

  test('of a cancellation takes the event out', () => {
    const { method, told } = read(CANCELLED);
    expect(method).toBe('CANCEL');
    expect(told('METHOD')).toBe('CANCEL');
    expect(told('STATUS')).toBe('CANCELLED');
  });

  test.each([
    'Ada\r\nATTENDEE:mailto:eve@example.com',
    'Ada; "the" first: of, many \\ Adas',
    '👩‍👩‍👧'.repeat(30),
    'עדה',
    '',
    '\\',
  ])('is well-formed for a client named %j', (clientName) => {
    const names = { clientName, shopName: clientName, service: clientName, barberName: clientName };
    const { only } = read({ template: 'booking_confirmed', data: { ...BOOKING, ...names } });
    expect(only('ATTENDEE').value).toMatch(/^mailto:ada@example\.com$/i);
    expect(only('DTSTART').value).toBe('20261123T150000Z');
  });

  test('is well-formed whatever people are called', () => {
    const usual = read(CONFIRMED).properties.map(({ name }) => name);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (clientName) => {
        const names = { clientName, shopName: clientName, service: clientName, barberName: clientName };
        const { only, properties } = read({ template: 'booking_confirmed', data: { ...BOOKING, ...names } });
        expect(only('DTSTART').value).toBe('20261123T150000Z');
        // A blank place is left out.
        const present = properties.map(({ name }) => name);
        expect(present).toEqual(usual.filter((name) => name !== 'LOCATION' || present.includes(name)));
      }),
    );
  });

  test('is not in a mail about something else', () => {
    const data = { name: 'Ada', token: 't' };
    expect(calendarOf({ template: 'password_reset', data }, OPTIONS)).toBeUndefined();
  });
});
