import { ReplyError } from 'ioredis';
import { expect, test } from 'vitest';
import { createRedisMeter } from '../../src/redis/meter.ts';
import { NoAnswer } from '../../src/timing.ts';

let now: number;

function open() {
  now = 1_000;
  return createRedisMeter(() => now);
}

/** Something that is answered when the test says so. */
function pending() {
  let answer = () => {};
  let fail = (_error: Error) => {};
  const work = new Promise<void>((resolve, reject) => {
    [answer, fail] = [resolve, reject];
  });
  return { work, answer, fail };
}

test('commands are counted, and failures by what went wrong', async () => {
  const meter = open();
  await meter.counted(Promise.resolve('PONG'));
  const errors = [new NoAnswer(50), new ReplyError('OOM'), new Error('Connection is closed.')];
  for (const error of errors) await expect(meter.counted(Promise.reject(error))).rejects.toBe(error);
  expect(meter.stats(true, undefined)).toMatchObject({
    commands: 4,
    failures: { timeout: 1, refused: 1, connection: 1 },
  });
});

test('a heartbeat is measured to its real end, however late, and until then it counts as it grows', async () => {
  const meter = open();
  const beat = pending();
  const measured = meter.heartbeat(beat.work);
  now += 700;
  expect(meter.stats(true, undefined)).toMatchObject({ roundTripMs: undefined, silentMs: 700 });
  now += 100;
  beat.answer();
  await measured;
  expect(meter.stats(true, undefined)).toMatchObject({ roundTripMs: 800, silentMs: undefined });
});

test('an error from Redis is an answer; a broken connection is none, and the silence goes on', async () => {
  const meter = open();
  const [refused, broken] = [pending(), pending()];
  const first = meter.heartbeat(refused.work).catch(() => {});
  now += 5;
  refused.fail(new ReplyError('READONLY'));
  await first;
  expect(meter.stats(true, undefined)).toMatchObject({ roundTripMs: 5, silentMs: undefined });
  now += 500;
  const second = meter.heartbeat(broken.work).catch(() => {});
  broken.fail(new Error('Connection is closed.'));
  await second;
  now += 2_000;
  expect(meter.stats(true, undefined).silentMs).toBe(2_000);
});

test('without a connection it has been silent since its last answer', async () => {
  const meter = open();
  expect(meter.stats(false, undefined).silentMs).toBeUndefined();
  await meter.heartbeat(Promise.resolve());
  now += 3_000;
  expect(meter.stats(false, undefined).silentMs).toBe(3_000);
  expect(meter.stats(true, undefined).silentMs).toBeUndefined();
});

test('one slow heartbeat among five does not count, three do', async () => {
  const meter = open();
  const beatFor = async (ms: number) => {
    const beat = pending();
    const measured = meter.heartbeat(beat.work);
    now += ms;
    beat.answer();
    await measured;
  };
  for (const ms of [1, 1, 90, 1, 1]) await beatFor(ms);
  expect(meter.stats(true, undefined).roundTripMs).toBe(1);
  for (const ms of [90, 90]) await beatFor(ms);
  expect(meter.stats(true, undefined).roundTripMs).toBe(90);
});

test('how long it could be used is added up over every turn', () => {
  const meter = open();
  meter.setAvailable(true);
  now += 700;
  meter.setAvailable(false);
  now += 200;
  meter.setAvailable(true);
  now += 100;
  expect(meter.stats(true, undefined).available).toEqual({ ms: 800, ofMs: 1_000 });
});
