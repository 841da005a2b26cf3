import { expect, test } from 'vitest';
import { createLagMeter, LAG_BOUNDS } from '../../../src/availability/feed/lag.ts';
import type { Poll } from '../../../src/availability/feed/poll.ts';
import type { VersionChange } from '../../../src/availability/versions.ts';

const change = (version: number): VersionChange => ({ shopId: 7, barberId: 1, day: '', version });
const poll = (changes: readonly VersionChange[], changedAt: readonly number[]): Poll => ({
  at: 0,
  snapshot: '',
  table: '',
  changes,
  changedAt,
  isWhole: false,
});
/** Upper bounds of the ranges in which there is anything. */
const lagsOf = ({ counts }: { counts: readonly number[] }) =>
  counts.flatMap((count, i) =>
    Array.from({ length: count }, () => LAG_BOUNDS[i] ?? Number.POSITIVE_INFINITY),
  );

test('a change that a notification told of took until then, and one that it did not until the poll', () => {
  const meter = createLagMeter();
  const [told, untold] = [change(1), change(2)];
  meter.notified([told], 1_004);
  meter.polled(poll([told, untold], [1_000, 1_000]), [untold], 900, 1_190);
  expect(lagsOf(meter)).toEqual([5, 200]);
});

test('own changes do not count, whoever tells of them first', () => {
  const meter = createLagMeter();
  meter.own([change(1)], 1_000);
  meter.notified([change(1)], 1_010);
  meter.notified([change(2)], 1_010);
  meter.own([change(2)], 1_020);
  meter.polled(poll([change(1), change(2)], [1_000, 1_000]), [], 900, 1_200);
  expect(lagsOf(meter)).toEqual([]);
});

test('what a poll shows again is not new', () => {
  const meter = createLagMeter();
  meter.polled(poll([change(1)], [1_000]), [], 900, 60_000);
  expect(lagsOf(meter)).toEqual([]);
});

test('the first poll of all shows what was there before', () => {
  const meter = createLagMeter();
  meter.polled(poll([change(1)], [1_000]), [change(1)], Number.NEGATIVE_INFINITY, 60_000);
  expect(lagsOf(meter)).toEqual([]);
});

test('a transaction that stays open is not a slow feed: the poll before did not see it yet', () => {
  const meter = createLagMeter();
  const late = change(1);
  meter.polled(poll([late], [1_000]), [late], 9_000, 9_200);
  expect(lagsOf(meter)).toEqual([200]);
});

test('what no poll shows, because it was overwritten, is forgotten', () => {
  const meter = createLagMeter();
  meter.notified([change(1)], 1_000);
  meter.polled(poll([], []), [], 900, 12_000);
  meter.polled(poll([change(1)], [1_000]), [], 11_900, 12_100);
  expect(lagsOf(meter)).toEqual([]);
});

test('clocks that differ do not make a lag negative', () => {
  const meter = createLagMeter();
  meter.notified([change(1)], 990);
  meter.polled(poll([change(1)], [1_000]), [], 900, 1_200);
  expect(lagsOf(meter)).toEqual([1]);
});
