import fc from 'fast-check';
import { expect, test } from 'vitest';
import { targetsOfDays } from '../../../src/availability/cache/keys.ts';
import type { Seen } from '../../../src/availability/loading/watcher.ts';
import { createDemandCounter, type DemandCounter } from '../../../src/warming/demand/counter.ts';

function watch(counter: DemandCounter, barberIds: readonly number[], from: string, to: string): Seen {
  const seen = counter.watch('days', targetsOfDays({ shopId: 7, barberIds, from, to }));
  if (seen === undefined) throw new Error('Reads of days are not watched');
  return seen;
}

test('an answer that is given again counts again, and what was taken is not counted twice', () => {
  const counter = createDemandCounter();
  const seen = watch(counter, [42], '2026-11-23', '2026-11-25');
  seen();
  seen();
  expect(counter.take()).toEqual([{ shopId: 7, barberId: 42, from: '2026-11-23', days: 3, reads: 2 }]);
  expect(counter.take()).toEqual([]);
  seen();
  expect(counter.take()).toMatchObject([{ reads: 1 }]);
});

test('several barbers at once are one question, whatever the number of days', () => {
  const counter = createDemandCounter();
  watch(counter, [1, 2, 3], '2026-11-23', '2026-12-22')();
  watch(counter, [1, 2, 3], '2026-11-23', '2026-11-23')();
  expect(counter.take()).toMatchObject([
    { barberId: 0, days: 30, reads: 1 },
    { barberId: 0, days: 1, reads: 1 },
  ]);
});

test('hours and rules are no demand, nor is a question for nobody', () => {
  const counter = createDemandCounter();
  const targets = targetsOfDays({ shopId: 7, barberIds: [1], from: '2026-11-23', to: '2026-11-23' });
  expect(counter.watch('rules', targets)).toBeUndefined();
  expect(counter.watch('schedules', targets)).toBeUndefined();
  expect(counter.watch('days', [])).toBeUndefined();
});

test('what could not be kept is given back, and adds to what was read meanwhile', () => {
  const counter = createDemandCounter();
  const seen = watch(counter, [42], '2026-11-23', '2026-11-23');
  seen();
  const taken = counter.take();
  seen();
  counter.giveBack(taken);
  expect(counter.take()).toMatchObject([{ reads: 2 }]);
});

test('nothing is lost and nothing counted twice, however readings and takings follow each other', () => {
  const step = fc.oneof(
    fc.record({ barber: fc.integer({ min: 1, max: 3 }), day: fc.integer({ min: 1, max: 9 }) }),
    fc.constant('again' as const),
    fc.constant('take' as const),
    fc.constant('lose' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const counter = createDemandCounter();
      const given: Seen[] = [];
      let [read, counted] = [0, 0];
      const total = () => counter.take().reduce((sum, { reads }) => sum + reads, 0);
      for (const [i, one] of steps.entries()) {
        if (one === 'take') counted += total();
        else if (one === 'lose') counter.giveBack(counter.take());
        else {
          const seen =
            one === 'again'
              ? given[i % Math.max(1, given.length)]
              : watch(counter, [one.barber], `2026-11-0${one.day}`, `2026-11-0${one.day}`);
          if (seen === undefined) continue;
          given.push(seen);
          seen();
          read += 1;
        }
      }
      expect(counted + total()).toBe(read);
    }),
  );
});

test('memory is bounded: after 20,000 questions old ones are counted anew, and answers of before still count', () => {
  const counter = createDemandCounter();
  const ask = (barber: number) => watch(counter, [barber], '2026-11-23', '2026-11-23');
  const first = ask(1);
  for (let barber = 2; barber <= 20_001; barber++) ask(barber)();
  first();
  ask(1)();
  const taken = counter.take();
  expect(taken.reduce((sum, { reads }) => sum + reads, 0)).toBe(20_002);
  expect(taken.filter(({ barberId }) => barberId === 1)).toMatchObject([{ reads: 1 }, { reads: 1 }]);
  for (let barber = 20_002; barber <= 60_000; barber++) ask(barber)();
  first();
  expect(counter.take().length).toBeLessThanOrEqual(40_000);
});
