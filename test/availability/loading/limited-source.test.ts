import { expect, test } from 'vitest';
import { limitLoads } from '../../../src/availability/loading/limited-source.ts';
import type { AvailabilitySource, ShopSource } from '../../../src/availability/source.ts';
import { isUnreachable, Overloaded } from '../../../src/database/errors.ts';

const QUERY = { shopId: 1, barberIds: [1], from: '2026-11-23', to: '2026-11-23' };

/** A source whose loads answer when they are told to, in the order in which they began. */
function createSlowSource() {
  const running: { answer: () => void; fail: (error: Error) => void }[] = [];
  const load = <T>(value: T) =>
    new Promise<T>((resolve, reject) => {
      running.push({ answer: () => resolve(value), fail: reject });
    });
  const source: AvailabilitySource & ShopSource = {
    load: () => load([]),
    find: () => load(1),
    rules: () => load(undefined),
    schedules: () => load([]),
  };
  return { running, source };
}

const settled = () => new Promise(setImmediate);

test('only so many loads of all kinds run at a time, and the others get their turn', async () => {
  const { running, source } = createSlowSource();
  const limited = limitLoads(source, { atOnce: 2, waiting: 10 });
  const loads = Promise.allSettled([
    limited.load(QUERY),
    limited.find('main'),
    limited.rules(1),
    limited.schedules(1, [1]),
  ]);
  await settled();
  expect(running).toHaveLength(2);
  running[0]?.answer();
  await settled();
  expect(running).toHaveLength(3);
  running[1]?.fail(new TypeError('no such column'));
  await settled();
  expect(running).toHaveLength(4);
  for (const { answer } of running) answer();
  expect((await loads).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});

test('who finds too many waiting is told that the database is overloaded, and it is not asked', async () => {
  const { running, source } = createSlowSource();
  const limited = limitLoads(source, { atOnce: 1, waiting: 2 });
  const loads = [1, 2, 3].map(() => limited.load(QUERY));
  const refused = await Promise.resolve(limited.load(QUERY)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Overloaded);
  // As with a database that is away: 503, with Retry-After.
  expect(isUnreachable(refused)).toBe(true);
  for (let answered = 0; answered < 3; answered++) {
    running[answered]?.answer();
    await settled();
  }
  expect(await Promise.all(loads)).toEqual([[], [], []]);
  expect(running).toHaveLength(3);
});
