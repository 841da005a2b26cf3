import { describe, expect, test } from 'vitest';
import { letterOf } from '../../../src/mail/content/letters.ts';
import { textOf } from '../../../src/mail/content/render.ts';
import { BOOKING } from '../mails.ts';

const confirmed = (data: Partial<typeof BOOKING> & { manageToken?: string } = {}) =>
  letterOf({ template: 'booking_confirmed', data: { ...BOOKING, ...data } });

describe('a confirmation', () => {
  test('says what, when, where, with whom and for how much', () => {
    expect(confirmed().subject).toBe('Booking confirmed: Haircut at Main Street Barbers, 23 November, 10:00');
    expect(textOf(confirmed())).toBe(
      [
        'Hello Ada,\n',
        'Your booking at Main Street Barbers is confirmed.\n',
        'When: Monday, 23 November 2026, 10:00 – 10:30 Eastern Standard Time',
        'Service: Haircut',
        'With: Ana',
        'Where: Main Street Barbers',
        'Price: $30.00',
        'Booking: 17\n',
        'The file in this mail puts it into your calendar.\n',
        'Main Street Barbers\n',
      ].join('\n'),
    );
  });

  test('for a guest has the manage token, and says where it goes', () => {
    const text = textOf(confirmed({ manageToken: 'm-4711' }));
    expect(text).toContain('Manage token:\nm-4711\n');
    expect(text).toContain('X-Manage-Token');
    expect(text).toContain('/api/v2/bookings/17');
  });

  test('tells the two hours of the same name apart when clocks go back', () => {
    const first = confirmed({ start: '2026-11-01T01:30:00-04:00', end: '2026-11-01T02:00:00-04:00' });
    const second = confirmed({ start: '2026-11-01T01:30:00-05:00', end: '2026-11-01T02:00:00-05:00' });
    expect(first.facts[0]?.value).toContain('01:30 Eastern Daylight Time – 01:00 Eastern Standard Time');
    expect(second.facts[0]?.value).toContain('01:30 – 02:00 Eastern Standard Time');
  });

  test('names both days of a booking past midnight', () => {
    const { facts } = confirmed({ start: '2026-11-23T23:45:00-05:00', end: '2026-11-24T00:15:00-05:00' });
    expect(facts[0]?.value).toBe(
      'Monday, 23 November 2026, 23:45 – Tuesday, 24 November 2026, 00:15 Eastern Standard Time',
    );
  });

  test.each([
    [{ amount: 3050, currency: 'EUR' }, '€30.50'],
    [{ amount: 3050, currency: 'JPY' }, '¥3,050'],
    [{ amount: 3050, currency: 'KWD' }, 'KWD 3.050'],
    [{ amount: 0, currency: 'CHF' }, 'CHF 0.00'],
  ])('writes %j with the decimals of its currency', (price, written) => {
    expect(confirmed({ price }).facts).toContainEqual({ label: 'Price', value: written });
  });

  test.each(['Pay at http://evil.example', 'evil.example', 'boss@evil.example'])(
    'greets nobody by a name that leads somewhere: %s',
    (clientName) => expect(textOf(confirmed({ clientName }))).toMatch(/^Hello,\n/),
  );

  test.each(['Dr. Ada B. King', 'رامي', 'Zoë 🎉'])('greets %s by name', (clientName) => {
    expect(textOf(confirmed({ clientName })).split('\n')[0]).toContain(clientName);
  });

  test('greets nobody by a name that is blank', () => {
    expect(confirmed({ clientName: ' \n' }).greeting).toBe('Hello,');
  });
});

describe('a link', () => {
  const PUBLIC_URL = 'https://book.example.com';
  const invitation = {
    template: 'barber_invitation',
    data: {
      shopName: 'Main Street Barbers',
      timezone: 'America/New_York',
      barberName: 'Ana',
      token: 'i-4711',
      expiresAt: '2026-11-30T20:00:00Z',
    },
  } as const;
  const reset = (more = {}) =>
    ({ template: 'password_reset', data: { name: 'Ada', token: 'p-4711', ...more } }) as const;
  const changed = (more = {}) =>
    ({
      template: 'booking_changed',
      data: { ...BOOKING, previousStart: BOOKING.start, ...more },
    }) as const;
  const confirmation = (more = {}) =>
    ({ template: 'booking_confirmed', data: { ...BOOKING, ...more } }) as const;

  test.each([
    ['of a guest leads to the booking', confirmation({ manageToken: 'm/4711' }), '/manage/m%2F4711'],
    ['of an account leads to its bookings', confirmation({ hasAccount: true }), '/my-bookings'],
    ['of a change leads there, too', changed({ hasAccount: true }), '/my-bookings'],
    ['of an invitation accepts it', invitation, '/invitation?token=i-4711'],
    ['of a forgotten password leads to our page', reset(), '/reset-password?token=p-4711'],
  ])('%s', (_what, mail, path) => {
    const letter = letterOf(mail, PUBLIC_URL);
    expect(letter.link?.url).toBe(`${PUBLIC_URL}${path}`);
    // For programs.
    expect(letter.code).toEqual(letterOf(mail).code);
  });

  test('of a forgotten password leads to the page that was asked for', () => {
    const url = 'https://book.example.com/api/auth/reset-password/p-4711?callbackURL=%2Fours';
    expect(letterOf(reset({ url }), PUBLIC_URL).link?.url).toBe(url);
  });

  test('is not there for whom staff booked without an account, who has no page to see it on', () => {
    expect(letterOf(confirmation(), PUBLIC_URL)).not.toHaveProperty('link');
    expect(letterOf(confirmation({ hasAccount: false }), PUBLIC_URL)).not.toHaveProperty('link');
    expect(letterOf(changed(), PUBLIC_URL)).not.toHaveProperty('link');
  });

  test.each([confirmation({ manageToken: 'm' }), confirmation({ hasAccount: true }), invitation, reset()])(
    'is not there where the server does not know its own address: $template',
    (mail) => expect(letterOf(mail)).not.toHaveProperty('link'),
  );
});

describe('a change', () => {
  const changed = (previousStart: string) =>
    letterOf({ template: 'booking_changed', data: { ...BOOKING, version: 2, previousStart } });

  test('says when it was before, if it was moved', () => {
    const letter = changed('2026-11-20T15:00:00-05:00');
    expect(letter.subject).toMatch(/^Booking changed: /);
    expect(letter.facts).toContainEqual({
      label: 'Before',
      value: 'Friday, 20 November 2026, 15:00 Eastern Standard Time',
    });
  });

  test('of something else says nothing of that', () => {
    expect(changed('2026-11-23T15:00:00Z').facts.map(({ label }) => label)).not.toContain('Before');
  });
});

test('a cancellation says what was cancelled', () => {
  const letter = letterOf({ template: 'booking_cancelled', data: BOOKING });
  expect(letter.subject).toBe('Booking cancelled: Haircut at Main Street Barbers, 23 November, 10:00');
  expect(textOf(letter)).toContain('Your booking at Main Street Barbers was cancelled.');
});

test('an invitation has the token, and says until when and where it goes', () => {
  const text = textOf(
    letterOf({
      template: 'barber_invitation',
      data: {
        shopName: 'Main Street Barbers',
        timezone: 'Asia/Kolkata',
        barberName: 'Ana',
        token: 'i-4711',
        expiresAt: '2026-11-30T20:00:00Z',
      },
    }),
  );
  expect(text).toContain('Invitation token:\ni-4711\n');
  expect(text).toContain('/api/v2/invitations/accept');
  expect(text).toContain('Open until: Tuesday, 1 December 2026, 01:30 India Standard Time');
});
