import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Slot } from '../../../web/api/wire.ts';
import { nearestFree, partsOfDay } from '../../../web/picker/times-of-day.ts';
import { addDays, addMonths, dateIn, hourIn, monthOf, weekdayOf, weeksOf } from '../../../web/time/dates.ts';

const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const zone = fc.constantFrom('America/New_York', 'Europe/Madrid', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC');

/** The slots of a day, one every quarter of an hour, some of them free. */
const slots = fc
  .record({ from: date, free: fc.array(fc.boolean(), { maxLength: 96 }) })
  .map(({ from, free }) =>
    free.map((available, n): Slot => {
      const start = new Date(Date.parse(`${from}T00:00Z`) + n * 900_000).toISOString();
      return { time: start.slice(11, 16), start, available, is_next_available: false };
    }),
  );

describe('a month', () => {
  test('has each of its days once, in order, in weeks that begin on the day that was asked for', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 7 }), (any, firstWeekday) => {
        const month = monthOf(any);
        const weeks = weeksOf(month, firstWeekday);
        const days = weeks.flat().filter((day) => day !== undefined);
        const length = (Date.parse(`${addMonths(month, 1)}-01`) - Date.parse(`${month}-01`)) / 86_400_000;
        expect(days).toEqual(Array.from({ length }, (_, n) => addDays(`${month}-01`, n)));
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          for (const [column, day] of week.entries())
            if (day !== undefined) expect(weekdayOf(day)).toBe(((firstWeekday - 1 + column) % 7) + 1);
        }
      }),
    );
  });

  test('after so many months forward and as many back is the same', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -600, max: 600 }), (any, months) => {
        expect(addMonths(addMonths(monthOf(any), months), -months)).toBe(monthOf(any));
      }),
    );
  });
});

describe('the parts of a day', () => {
  test('hold every slot once, in order, each under its date and part in the zone', () => {
    fc.assert(
      fc.property(slots, zone, (day, timeZone) => {
        const parts = partsOfDay(day, timeZone);
        expect(parts.flatMap((part) => part.slots)).toEqual(day);
        for (const { date: shown, part, slots: own } of parts)
          for (const { start } of own) {
            expect(dateIn(timeZone, start)).toBe(shown);
            const hour = hourIn(timeZone, start);
            expect(part).toBe(hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening');
          }
      }),
    );
  });
});

describe('the nearest free slots', () => {
  test('are free, in order, no more than asked for, and none that is left out is nearer', () => {
    fc.assert(
      fc.property(slots, date, fc.integer({ min: 1, max: 6 }), (day, around, count) => {
        const start = `${around}T12:00:00Z`;
        const distance = (slot: Slot) => Math.abs(Date.parse(slot.start) - Date.parse(start));
        const nearest = nearestFree(day, start, count);
        const free = day.filter(({ available }) => available);
        expect(nearest).toHaveLength(Math.min(count, free.length));
        expect(nearest).toEqual(free.filter((slot) => nearest.includes(slot)));
        const farthest = Math.max(0, ...nearest.map(distance));
        for (const slot of free)
          if (!nearest.includes(slot)) expect(distance(slot)).toBeGreaterThanOrEqual(farthest);
      }),
    );
  });
});
