import { selectBarberDays } from '../../dist/availability/postgres/barber-day-query.js';
import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { addDays } from '../../dist/calendar/time.js';
import { measure, repeated } from '../measuring/rounds.js';
import { BARBERS, DAYS } from '../world/world.js';

/** Loading barber-days from Postgres, against fetching the same rows with the same statement and driver. */
export async function benchLoading(bench) {
  const { db, shopId, barberIds, today } = await bench.world();
  const source = createPostgresSource(db);
  const query = { shopId, barberIds, from: today, to: addDays(today, DAYS - 1) };
  const days = await source.load(query);
  if (days.length !== BARBERS * DAYS) throw new Error(`${days.length} days were loaded`);

  const figures = await measure(
    [
      { name: 'load', run: repeated(() => source.load(query)) },
      { name: 'fetch', run: repeated(() => selectBarberDays(db, query, 0)) },
    ],
    { rounds: 15, roundMs: 200 },
  );
  const { load, fetch } = Object.fromEntries(figures);
  const ratios = load.walls.map((wall, round) => wall / fetch.walls[round]);
  return [
    { what: 'Load 50 barbers × 60 days', values: load.walls, unit: ' µs', cpus: load.cpus },
    { what: 'Merely fetch the same rows', values: fetch.walls, unit: ' µs', cpus: fetch.cpus },
    { what: 'Ratio of the two', values: ratios, unit: ' ×', limit: 2 },
  ];
}
