import { expect, test } from 'vitest';
import { addressOf, callerOf } from '../../../src/http/access/caller.ts';

const from = (ip: string | undefined, remoteAddress: string | undefined = '10.0.0.1') => ({
  ip,
  socket: { remoteAddress },
  account: null,
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7:51834', '192.0.2.7'],
  ['[2001:db8::7]:51834', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['2001:db8::7', '2001:db8::7'],
])('%s is where a visitor comes from: %s', (ip, address) => {
  expect(addressOf(from(ip))).toBe(address);
});

test.each(['unknown', '', '192.0.2.7:', '300.0.0.1:80', '[junk]:80', '_hidden', ' ', undefined])(
  'where the proxy says %j, it is the socket that counts',
  (ip) => {
    expect(addressOf(from(ip))).toBe('10.0.0.1');
  },
);

test('a visitor who has hung up has no address', () => {
  expect(addressOf({ ip: undefined, socket: {} })).toBe('');
});

test('one caller is one network, or one account wherever it comes from', () => {
  expect(callerOf(from('[2001:db8::7]:1'))).toBe(callerOf(from('2001:db8::8')));
  expect(callerOf(from('192.0.2.7:1'))).toBe(callerOf(from('192.0.2.7:2')));
  expect(callerOf(from('192.0.2.7'))).not.toBe(callerOf(from('192.0.2.8')));
  const account = { id: 3, name: 'Ada', email: 'ada@example.com', createdAt: new Date(0) };
  expect(callerOf({ ...from('192.0.2.7'), account })).toBe('user:3');
});
