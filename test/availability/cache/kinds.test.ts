import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { barberDays, boxesOf } from '../../../src/availability/cache/kinds.ts';
import { createPostgresSource } from '../../../src/availability/postgres/postgres-source.ts';
import { addDays, datesFrom } from '../../../src/calendar/time.ts';
import { openDatabase } from '../../../src/database/connection.ts';

const target = (barberId: number, day: string) => ({ key: `${barberId} ${day}`, shopId: 7, barberId, day });

test('every barber and day of a range is one query', () => {
  const targets = [1, 2, 3].flatMap((barberId) =>
    datesFrom('2026-11-01', '2026-12-31').map((day) => target(barberId, day)),
  );
  expect(boxesOf(targets)).toEqual([
    { shopId: 7, barberIds: [1, 2, 3], from: '2026-11-01', to: '2026-12-31' },
  ]);
});

test('days that lie close together are one query, with what is between them', () => {
  expect(boxesOf([target(1, '2026-11-01'), target(2, '2026-11-08')])).toEqual([
    { shopId: 7, barberIds: [1, 2], from: '2026-11-01', to: '2026-11-08' },
  ]);
});

test('a gap of more than a week is not loaded', () => {
  expect(boxesOf([target(2, '2026-11-09'), target(1, '2026-11-01')])).toEqual([
    { shopId: 7, barberIds: [1], from: '2026-11-01', to: '2026-11-01' },
    { shopId: 7, barberIds: [2], from: '2026-11-09', to: '2026-11-09' },
  ]);
});

test('every target is in a query, and queries do not overlap', () => {
  const anywhere = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 60 }));
  fc.assert(
    fc.property(fc.array(anywhere, { minLength: 1 }), (places) => {
      const targets = places.map(([barberId, n]) => target(barberId, addDays('2026-11-01', n)));
      const boxes = boxesOf(targets);
      for (const { barberId, day } of targets) {
        const homes = boxes.filter(({ from, to }) => from <= day && day <= to);
        expect(homes).toHaveLength(1);
        expect(homes[0]?.barberIds).toContain(barberId);
      }
    }),
  );
});

test('the days of a query are ordered by barber as asked, then by date, and each has the key of its shop', async () => {
  const { db, close } = openDatabase(inject('postgresUrl'));
  const days = barberDays(createPostgresSource(db), db, () => 1);
  const query = { shopId: 7, barberIds: [3, 1], from: '2026-11-30', to: '2026-12-01' };
  const expected = [
    { key: 'fc:{shop:7}:day:3:2026-11-30', shopId: 7, barberId: 3, day: '2026-11-30' },
    { key: 'fc:{shop:7}:day:3:2026-12-01', shopId: 7, barberId: 3, day: '2026-12-01' },
    { key: 'fc:{shop:7}:day:1:2026-11-30', shopId: 7, barberId: 1, day: '2026-11-30' },
    { key: 'fc:{shop:7}:day:1:2026-12-01', shopId: 7, barberId: 1, day: '2026-12-01' },
  ];
  expect(days.targets(query)).toEqual(expected);
  expect(days.targets({ ...query, to: query.from })).toEqual([expected[0], expected[2]]);
  await close();
});
