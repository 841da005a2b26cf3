import { describe, expect, test } from 'vitest';
import { anyChange, concerns, eventsOf, type Topic } from '../../../src/http/stream/topic.ts';

const DATE = '2026-11-23';
const topic = (barberId?: number, date?: string): Topic => ({ shopId: 7, barberId, date });
const changed = (barberId: number, day: string, shopId = 7) => ({ shopId, barberId, day });

describe('a change concerns', () => {
  test.each([
    ['its day', changed(1, DATE), { one: true, day: true, barber: true, other: false }],
    [
      'another day of the barber',
      changed(1, '2026-11-24'),
      { one: false, day: false, barber: true, other: false },
    ],
    ['the day of another barber', changed(2, DATE), { one: false, day: true, barber: false, other: true }],
    ['every day of the barber', changed(1, ''), { one: true, day: true, barber: true, other: false }],
    ['everybody at the shop', changed(0, ''), { one: true, day: true, barber: true, other: true }],
    ['nobody at another shop', changed(1, DATE, 8), { one: false, day: false, barber: false, other: false }],
  ])('%s', (_what, change, expected) => {
    expect({
      one: concerns(topic(1, DATE), [DATE], change),
      day: concerns(topic(undefined, DATE), [DATE], change),
      barber: concerns(topic(1), undefined, change),
      other: concerns(topic(2), undefined, change),
    }).toEqual(expected);
    expect(concerns(topic(), undefined, change)).toBe(change.shopId === 7);
  });

  test('a topic whose slots reach over midnight by the days on both sides', () => {
    const dates = ['2026-11-22', DATE];
    expect(concerns(topic(1, DATE), dates, changed(1, '2026-11-22'))).toBe(true);
    expect(concerns(topic(1, DATE), dates, changed(1, '2026-11-24'))).toBe(false);
  });
});

describe('an event', () => {
  test('has the date and the barber that were asked for, else those that changed, else null', () => {
    const all = [changed(1, DATE), changed(1, ''), changed(0, '')];
    expect(eventsOf(topic(1, DATE), all)).toEqual([{ date: DATE, barberId: 1 }]);
    expect(eventsOf(topic(undefined, DATE), all)).toEqual([
      { date: DATE, barberId: 1 },
      { date: DATE, barberId: null },
    ]);
    expect(eventsOf(topic(), all)).toEqual([
      { date: DATE, barberId: 1 },
      { date: null, barberId: 1 },
      { date: null, barberId: null },
    ]);
  });

  test('stands for many at once', () => {
    const many = Array.from({ length: 365 }, (_, i) => changed(1 + (i % 3), `day ${i}`));
    expect(eventsOf(topic(), many)).toEqual([anyChange(topic())]);
    expect(anyChange(topic())).toEqual({ date: null, barberId: null });
    expect(eventsOf(topic(), many.slice(0, 32))).toHaveLength(32);
  });
});
