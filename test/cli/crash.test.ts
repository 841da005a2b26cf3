import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addDays, datesFrom } from '../../src/calendar/time.ts';
import {
  createPlace,
  killServers,
  type Place,
  type RunningServer,
  request,
  serve,
  signUp,
} from './freshchair.ts';

const CRASHES = 20;
const CLIENTS = 4;

let place: Place;

beforeAll(async () => {
  place = await createPlace();
});
afterEach(killServers);
afterAll(() => place.remove());

interface Wish {
  readonly barber_id: number;
  readonly date: string;
  readonly time: string;
}

/** Afternoons of the four barbers on days that the demo shop has not filled; many are closed or off. */
function wishesAfter(today: string): Wish[] {
  return datesFrom(addDays(today, 35), addDays(today, 85)).flatMap((date) =>
    ['15:00', '16:00', '17:00', '18:00'].flatMap((time) =>
      [1, 2, 3, 4].map((barber_id) => ({ barber_id, date, time })),
    ),
  );
}

/** Every booking of the account that is confirmed: its start by its id. */
async function confirmedBookings(url: string, token: string): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (let cursor = ''; ; ) {
    const { body } = await request(`${url}/api/v2/bookings/?limit=200${cursor}`, undefined, token);
    for (const { id, status, start } of body.items) if (status === 'confirmed') found.set(id, start);
    if (body.next_cursor === null) return found;
    cursor = `&cursor=${body.next_cursor}`;
  }
}

/** Books one wish after the other until the server is gone, and calls back for each that was acknowledged. */
async function bookUntilTheEnd(
  server: RunningServer,
  token: string,
  wishes: Wish[],
  acknowledged: (id: number, start: string) => void,
): Promise<'no wishes left' | 'gone'> {
  for (let wish = wishes.shift(); wish !== undefined; wish = wishes.shift()) {
    const body = { ...wish, service: 'Haircut' };
    const answer = await request(`${server.url}/api/v2/bookings/create`, body, token).catch(() => undefined);
    if (answer === undefined) return 'gone';
    if (answer.status === 201) acknowledged(answer.body.id, answer.body.start);
  }
  return 'no wishes left';
}

it(`loses no acknowledged booking when everything is killed while people book, ${CRASHES} times`, async () => {
  const env = { DATA_DIR: place.dataDir, RATE_LIMIT: 'off' };
  let server = await serve(env);
  const token = await signUp(server.url);
  const { body: health } = await request(`${server.url}/health`);
  const wishes = wishesAfter(health.timestamp.slice(0, 10));
  const acknowledged = new Map<number, string>();

  for (let crash = 1; crash <= CRASHES; crash++) {
    // Another number each time, so that the kill meets other moments of a booking.
    let left = 2 + ((crash * 7) % 13);
    let kill = () => {};
    const killed = new Promise<void>((resolve) => {
      kill = () => resolve(server.killTree().then(() => {}));
    });
    const clients = Array.from({ length: CLIENTS }, () =>
      bookUntilTheEnd(server, token, wishes, (id, start) => {
        acknowledged.set(id, start);
        if (--left === 0) kill();
      }),
    );
    expect(await Promise.all(clients)).toEqual(clients.map(() => 'gone'));
    await killed;
    server = await serve(env);
    expect(server.output()).not.toContain('Took over');
  }

  const found = await confirmedBookings(server.url, token);
  expect(acknowledged.size).toBeGreaterThanOrEqual(2 * CRASHES);
  for (const [id, start] of acknowledged) expect(found.get(id), `booking ${id}`).toBe(start);
  await server.stop();
}, 300_000);
