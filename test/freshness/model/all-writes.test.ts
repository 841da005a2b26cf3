import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killServers } from '../../cli/freshchair.ts';
import { addDays, nextClockChange, todayIn } from './calendar.ts';
import { createModelShop, DAY_SHIFTS, NIGHT_SHIFTS, type Scene } from './scene.ts';
import { type Servers, startServers } from './servers.ts';
import { administrationSteps } from './steps/administration.ts';
import { bookingSteps } from './steps/booking.ts';
import { stepsByHand } from './steps/by-hand.ts';
import { changeSteps } from './steps/changes.ts';
import { holdSteps } from './steps/holds.ts';
import { scheduleSteps } from './steps/schedule.ts';

/** Enough for a green run on a slow machine; a red one is cut short while it shrinks, and says its seed. */
const LIMIT_MS = 120_000;

let servers: Servers;

beforeAll(async () => {
  servers = await startServers();
}, 60_000);
afterAll(async () => {
  await servers?.close();
  await killServers();
});

/** Bookings come most often, so that the other writes find some. */
const commands = fc.commands(
  [
    ...times(3, bookingSteps),
    ...times(2, holdSteps),
    ...changeSteps,
    ...scheduleSteps,
    ...administrationSteps,
    ...stepsByHand,
  ],
  { maxCommands: 40, size: 'max' },
);

function times<T>(count: number, list: readonly T[]): T[] {
  return Array.from({ length: count }, () => list).flat();
}

/** In zones on which no midnight falls within the next hours. */
async function check(scenes: Readonly<Record<string, Scene>>, numRuns: number): Promise<void> {
  const zones = fc.constantFrom(...Object.keys(scenes).filter((zone) => todayIn(zone).isSteady));
  const property = fc.asyncProperty(zones, commands, (zone, steps) =>
    fc.asyncModelRun(
      async () => ({
        model: await createModelShop(servers, zone, scenes[zone] ?? soon(zone)),
        real: servers,
      }),
      steps,
    ),
  );
  await fc.assert(property, { numRuns, interruptAfterTimeLimit: LIMIT_MS });
  expect(servers.output()).not.toMatch(/"level":(50|60)/);
}

test(
  'after any writes through two processes, every day is on both as a simple calendar says',
  async () => {
    const zones = ['America/New_York', 'Asia/Tokyo', 'Europe/Berlin'];
    await check(Object.fromEntries(zones.map((zone) => [zone, soon(zone)])), 12);
  },
  2 * LIMIT_MS,
);

test(
  'also where clocks change while people work',
  async () => {
    const zones = ['America/New_York', 'Australia/Lord_Howe', 'Europe/Berlin', 'America/Santiago'];
    await check(Object.fromEntries(zones.map((zone) => [zone, overClockChange(zone)])), 6);
  },
  2 * LIMIT_MS,
);

function soon(zone: string): Scene {
  return { first: addDays(todayIn(zone).date, 2), shifts: DAY_SHIFTS };
}

function overClockChange(zone: string): Scene {
  return { first: addDays(nextClockChange(zone), -1), shifts: NIGHT_SHIFTS };
}
