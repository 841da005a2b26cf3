import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEntry, encodeEntry } from '../../../src/availability/store/redis/entry.ts';
import { plain } from './store-contract.ts';

const KEY = 'fc:{shop:7}:day:42:2026-11-23';
const HISTORY = 0xfedcba98;

const count = fc.nat({ max: 2_000 });
const version = fc.oneof(count, fc.integer({ min: 0, max: 2 ** 50 }));
const instant = fc.integer({ min: 0, max: Date.parse('2200-01-01') });
const interval = fc.tuple(count, count).map(([start, length]) => [start, start + length]);
const busy = fc.oneof(
  interval,
  fc.tuple(interval, instant).map(([range, lapsesAt]) => [...range, lapsesAt]),
);

const barberDay = fc.record({
  barberId: fc.oneof(count, fc.nat()),
  date: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  startsAt: fc.integer({ min: Date.parse('1900-01-01'), max: Date.parse('2200-01-01') }),
  minutes: count,
  working: fc.array(interval, { maxLength: 5 }),
  timeOff: fc.array(interval, { maxLength: 5 }),
  busy: fc.array(busy, { maxLength: 40 }),
});
const versions = fc.record({ shop: version, barber: version, day: version });

/** As it comes out of Redis, where the versions and the time of the load are what the scripts compare. */
function thereAndBack(loaded: {
  value: unknown;
  versions: { shop: number; barber: number; day: number };
  loadedAt: number;
}) {
  return plain([decodeEntry(KEY, encodeEntry(KEY, loaded, HISTORY), HISTORY)])[0];
}

test('a day of a barber comes back as it was, whatever is in it', () => {
  fc.assert(
    fc.property(barberDay, versions, instant, (value, versions, loadedAt) => {
      expect(thereAndBack({ value, versions, loadedAt })).toEqual({ value, versions, loadedAt });
    }),
    { numRuns: 500 },
  );
});

test('so does everything else that JSON can say', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), versions, instant, (value, versions, loadedAt) => {
      expect(thereAndBack({ value, versions, loadedAt })).toEqual({
        value: JSON.parse(JSON.stringify(value)),
        versions,
        loadedAt,
      });
    }),
    { numRuns: 500 },
  );
});

test('a day with anything unusual in it comes back as it was, too', () => {
  const odd = fc.constantFrom(
    { minutes: 1_440.5 },
    { busy: [[600.5, 630]] },
    { busy: [[600, 590]] },
    { working: [[1]] },
    { busy: [[1, 2, 3, 4]] },
    { date: '2026-13-40' },
    { date: 'today' },
    { barberId: -1 },
    { note: 'more' },
    { timeOff: null },
  );
  fc.assert(
    fc.property(barberDay, odd, versions, instant, (day, oddity, versions, loadedAt) => {
      const value = { ...day, ...oddity };
      expect(thereAndBack({ value, versions, loadedAt })).toEqual({ value, versions, loadedAt });
    }),
  );
});

test('bytes that nobody wrote are nothing, and never an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      expect(decodeEntry(KEY, Buffer.from(bytes), HISTORY)).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});
