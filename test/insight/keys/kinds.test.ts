import { expect, test } from 'vitest';
import { dayKey, rulesKey, scheduleKey } from '../../../src/availability/cache/keys.ts';
import { KEY_KINDS, kindOfKey } from '../../../src/insight/keys/kinds.ts';

test.each([
  [dayKey(7, 42, '2026-11-23'), 'day'],
  [scheduleKey(7, 42), 'schedule'],
  [rulesKey(7), 'rules'],
  [`${dayKey(7, 42, '2026-11-23')}:claim`, 'claim'],
  [`${rulesKey(7)}:claim`, 'claim'],
  ['fc:{limit:abc_-9}', 'limit'],
  ['fc:{heartbeat}', 'heartbeat'],
  ['fc:{probe:host:8000}', 'probe'],
])('%s is known as a %s', (key, kind) => {
  expect(kindOfKey(key)).toBe(kind);
});

test.each([
  '',
  'fc:',
  'session:day',
  'fc:{shop:x}:rules',
  'fc:{shop:7}:other',
  'xfc:{heartbeat}',
  'fc:{shop:7}:days:1',
])('what is not ours, %j, is not counted', (key) => expect(kindOfKey(key)).toBeUndefined());

test('every kind says what it is for and what ends it', () => {
  for (const { pattern, purpose, invalidatedBy } of KEY_KINDS)
    expect([pattern, purpose, invalidatedBy].every((text) => text.length > 5)).toBe(true);
});
