import { newRead } from '../../dist/availability/source.js';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { addDays, datesFrom } from '../../dist/calendar/time.js';
import { comparisonOf } from '../measuring/report.js';
import { measure, repeated } from '../measuring/rounds.js';
import { createBento } from '../peers/bentocache.js';
import { createLayeredLoader } from '../peers/layered-loader.js';
import { BARBERS } from '../world/world.js';

/** Days of one barber in one load. */
const MANY = 50;
/** Ranges of so many days, each for 50 barbers: more than the cache remembers whole answers for. */
const RANGES = 11;

/** What a hit in the process costs, against a `Map` and two libraries; everybody builds the key anew for each read. */
export async function benchHits(bench) {
  const { connectionString, shopId, barberIds, today } = await bench.world();
  const service = createCachedBookingService({ databaseUrl: connectionString });
  try {
    const { source } = service;
    await service.following();
    const all = datesFrom(today, addDays(today, MANY + RANGES - 2));
    const dates = all.slice(0, MANY);
    const loaded = await source.load({ shopId, barberIds, from: today, to: all.at(-1) });
    const map = new Map(loaded.map((one) => [keyOf(shopId, one.value.barberId, one.value.date), one]));
    const load = async (key) => map.get(key);
    const bento = createBento({ memory: true, load });
    const layered = createLayeredLoader({ memory: true, load });
    for (const key of map.keys()) await Promise.all([bento.get(key), layered.get(key)]);

    // Never the same twice in a row, as in a server.
    let turn = 0;
    const next = () => {
      turn = (turn + 1) % (BARBERS * MANY);
      return { barberId: barberIds[turn % BARBERS], date: dates[Math.trunc(turn / BARBERS)] };
    };
    let range = 0;
    const nextRange = () => {
      range = (range + 1) % (BARBERS * RANGES);
      return range;
    };
    const keysOf = (barberId) => dates.map((date) => keyOf(shopId, barberId, date));
    const readMap = async (shop, barberId, date) => map.get(keyOf(shop, barberId, date));
    const one = (read) =>
      repeated(() => {
        const { barberId, date } = next();
        return read(barberId, date);
      });
    const many = (read) => repeated(() => read(next().barberId));
    const cases = {
      map: one((barberId, date) => readMap(shopId, barberId, date)),
      load: one((barberId, date) => source.load({ shopId, barberIds: [barberId], from: date, to: date })),
      noted: one((barberId, date) =>
        source.load({ shopId, barberIds: [barberId], from: date, to: date }, newRead()),
      ),
      layered: one((barberId, date) => layered.get(keyOf(shopId, barberId, date))),
      bento: one((barberId, date) => bento.get(keyOf(shopId, barberId, date))),
      maps: many((barberId) => dates.map((date) => map.get(keyOf(shopId, barberId, date)))),
      loads: many((barberId) =>
        source.load({ shopId, barberIds: [barberId], from: today, to: dates.at(-1) }),
      ),
      gathered: repeated(() => {
        const first = nextRange();
        const [barberId, from, to] = [
          barberIds[first % BARBERS],
          all[first % RANGES],
          all[(first % RANGES) + MANY - 1],
        ];
        return source.load({ shopId, barberIds: [barberId], from, to });
      }),
      layereds: many((barberId) => layered.getMany(keysOf(barberId))),
      bentos: many((barberId) => bento.getMany(keysOf(barberId))),
    };
    const figures = await measure(Object.entries(cases).map(([name, run]) => ({ name, run })));
    const { line, against } = comparisonOf(figures);
    return [
      line('One day out of a `Map`, behind an async function', 'map'),
      line('One day through `load`', 'load'),
      against('Its CPU against the `Map`', 'load', 'map', 1.5),
      against('The same with what became of the read noted', 'noted', 'map'),
      against('layered-loader against the `Map`', 'layered', 'map'),
      against('BentoCache against the `Map`', 'bento', 'map'),
      line('50 days out of a `Map`, one after the other', 'maps'),
      line('50 days in one `load`', 'loads'),
      against('Its CPU against the `Map`', 'loads', 'maps', 5),
      against('Where the answer has to be put together anew', 'gathered', 'maps'),
      against('layered-loader against the `Map`', 'layereds', 'maps'),
      against('BentoCache against the `Map`', 'bentos', 'maps'),
    ];
  } finally {
    await service.close();
  }
}

function keyOf(shopId, barberId, date) {
  return `fc:{shop:${shopId}}:day:${barberId}:${date}`;
}
