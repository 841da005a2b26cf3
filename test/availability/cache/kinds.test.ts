import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { barberDays, boxesOf, schedules, shopRules } from '../../../src/availability/cache/kinds.ts';
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

test('the keys of a query are those of its targets, in their order', async () => {
  const { db, close } = openDatabase(inject('postgresUrl'));
  const source = createPostgresSource(db);
  const query = { shopId: 7, barberIds: [3, 1, 2], from: '2026-11-23', to: '2026-11-30' };
  const days = barberDays(source, db, 1);
  const oneDay = { ...query, to: query.from };
  for (const asked of [query, oneDay])
    expect(days.keys(asked)).toEqual(days.targets(asked).map(({ key }) => key));
  const hours = schedules(source, db, 1);
  expect(hours.keys(query)).toEqual(hours.targets(query).map(({ key }) => key));
  const rules = shopRules(source, db, 1);
  expect(rules.keys(query)).toEqual(rules.targets(query).map(({ key }) => key));
  await close();
});
