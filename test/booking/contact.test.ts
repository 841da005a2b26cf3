import { expect, test } from 'vitest';
import { checkContact } from '../../src/booking/contact.ts';
import type { Contact } from '../../src/booking/types/bookings.ts';
import type { Fault } from '../../src/outcome.ts';

function faultsOf(contact: Partial<Contact>): (string | undefined)[] {
  const faults: Fault[] = [];
  checkContact(contact, faults);
  expect(faults.every(({ code }) => code === 'validation_failed')).toBe(true);
  return faults.map(({ field }) => field);
}

test.each([
  ['an empty name', { name: '' }, 'name'],
  ['a blank name', { name: ' \u2003' }, 'name'],
  ['a name of 201 letters', { name: 'é'.repeat(201) }, 'name'],
  ['a name in two lines', { name: 'Ada\r\nBcc: all@example.com' }, 'name'],
  ['no address', { email: '' }, 'email'],
  ['an address without a place', { email: 'ada@' }, 'email'],
  ['two addresses', { email: 'a@example.com,b@example.com' }, 'email'],
  ['an address in brackets', { email: '<ada@example.com>' }, 'email'],
  ['an address with its name', { email: 'Ada ada@example.com' }, 'email'],
  ['an address with a line break', { email: 'ada@example.com\nBcc:b@example.com' }, 'email'],
  ['an address with an invisible mark', { email: 'ada\u200B@example.com' }, 'email'],
  ['an address of 255 characters', { email: `${'a'.repeat(243)}@example.com` }, 'email'],
  ['a blank number', { phone: '  ' }, 'phone'],
  ['a number of 41 characters', { phone: '5'.repeat(41) }, 'phone'],
  ['a number in two lines', { phone: '555\n0100' }, 'phone'],
])('%s is refused', (_what, contact, field) => {
  expect(faultsOf(contact)).toEqual([field]);
});

test.each([
  ['nothing', {}],
  ['200 emoji', { name: '💇'.repeat(200) }],
  ['a name right to left, with its marks', { name: '\u200Fمحمد بن سلمان\u200F' }],
  ['an address of 254 characters', { email: `${'a'.repeat(242)}@example.com` }],
  ['an address in another script', { email: 'आदा@उदाहरण.भारत' }],
  ['a number as people write it', { phone: '+1 (555) 0100 ext. 7' }],
])('%s is fine', (_what, contact) => {
  expect(faultsOf(contact)).toEqual([]);
});

test('all three are judged at once', () => {
  expect(faultsOf({ name: '', email: '', phone: '' })).toEqual(['name', 'email', 'phone']);
});
