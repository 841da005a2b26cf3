import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNotification } from '../../../src/availability/feed/notification.ts';

test('a notification carries versions of a shop, of barbers and of days', () => {
  expect(parseNotification('[[7,0,"-infinity",3],[7,1,"-infinity",2],[7,1,"2026-11-23",9]]')).toEqual([
    { shopId: 7, barberId: 0, day: '', version: 3 },
    { shopId: 7, barberId: 1, day: '', version: 2 },
    { shopId: 7, barberId: 1, day: '2026-11-23', version: 9 },
  ]);
});

test('one that could not carry them all asks for a poll', () => {
  expect(parseNotification('poll')).toBe('poll');
});

test.each([
  undefined,
  '',
  'pol',
  '{}',
  'null',
  '7',
  '[7]',
  '[[]]',
  '[[7,1,"2026-11-23"]]',
  '[[7,1,"2026-11-23",1,2]]',
  '[["7",1,"2026-11-23",1]]',
  '[[7,1,"23.11.2026",1]]',
  '[[7,1,"2026-11-23T00:00",1]]',
  '[[7,1,null,1]]',
  '[[7,1.5,"2026-11-23",1]]',
  '[[7,-1,"2026-11-23",1]]',
  '[[7,1,"2026-11-23",1e300]]',
  '[[7,1,"2026-11-23",1],[7]]',
  '[[7,1,"2026-11-23",1]',
])('%j makes no sense', (payload) => {
  expect(parseNotification(payload)).toBeUndefined();
});

test('no text, whatever it is, is an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (payload) => {
      parseNotification(payload);
    }),
  );
});
