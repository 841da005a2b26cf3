import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { hold, useStreams } from './streaming.ts';

const scene = useStreams();
const { start } = scene;

const lapse = async (): Promise<number> => {
  const { rows } = await sql<{ at: number }>`
    select (extract(epoch from lapses_at) * 1000)::float8 as at from booking`.execute(scene.db);
  return rows[0]?.at ?? Number.NaN;
};

const versions = async () => (await sql`select * from availability_version`.execute(scene.db)).rows;

describe('a hold that lapses', () => {
  test('is told at that instant on every instance, without any message', async () => {
    const [one, two] = [await start(), await start()];
    const { day } = (
      await sql<{ day: string }>`
      select to_char((now() at time zone 'America/New_York') + interval '1 day', 'YYYY-MM-DD') as day`.execute(
        scene.db,
      )
    ).rows[0] ?? { day: '' };
    const streams = [
      await one.listen({ target_date: day }),
      await one.listen({ barber_id: scene.ana }),
      await two.listen({ target_date: day, barber_id: scene.ana }),
      await two.listen(),
    ];
    await hold(scene.db, scene.shop, 600);
    await Promise.all(streams.map(({ next }) => next()));
    const before = await versions();
    const events = await Promise.all(streams.map(({ next }) => next()));
    expect(await versions()).toEqual(before);
    const lapsed = await lapse();
    for (const { date, barber_id, as_of } of events) {
      expect({ date, barber_id }).toEqual({ date: day, barber_id: scene.ana });
      expect(Date.parse(as_of)).toBeGreaterThanOrEqual(Math.floor(lapsed));
    }
    expect(Math.min(one.feed.now(), two.feed.now())).toBeGreaterThanOrEqual(lapsed);
  });

  test('is told whoever came after it was made', async () => {
    const one = await start();
    const day = await hold(scene.db, scene.shop, 1_500);
    const streams = [
      await one.listen({ target_date: day }),
      await one.listen({ barber_id: scene.ana }),
      await one.listen(),
    ];
    for (const { next } of streams) {
      expect(await next()).toMatchObject({ date: day, barber_id: scene.ana });
    }
    expect(one.feed.now()).toBeGreaterThanOrEqual(await lapse());
  });

  test('has no timer any more when it was given back, and none when nobody watches', async () => {
    const one = await start();
    const day = await hold(scene.db, scene.shop, 3_600_000);
    const stream = await one.listen({ target_date: day });
    while (one.hub.counts.timers === 0) await new Promise(setImmediate);
    await sql`delete from booking`.execute(scene.db);
    await stream.next();
    while (one.hub.counts.timers > 0) await new Promise(setImmediate);

    await hold(scene.db, scene.shop, 3_600_000);
    await stream.next();
    const second = await one.listen();
    while (one.hub.counts.timers === 0) await new Promise(setImmediate);
    stream.leave();
    while (one.hub.counts.subscribers > 1) await new Promise(setImmediate);
    expect(one.hub.counts).toEqual({ subscribers: 1, topics: 1, timers: 1 });
    second.leave();
    while (one.hub.counts.subscribers > 0) await new Promise(setImmediate);
    expect(one.hub.counts).toEqual({ subscribers: 0, topics: 0, timers: 0 });
  });

  test('is seen later where Postgres did not say so at first', async () => {
    let fail = true;
    const one = await start({
      wrap: (source) => ({
        ...source,
        async load(query, read) {
          if (fail) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
          return source.load(query, read);
        },
      }),
    });
    const day = await hold(scene.db, scene.shop, 3_000);
    const stream = await one.listen({ target_date: day });
    await stream.comment();
    fail = false;
    expect(await stream.next()).toMatchObject({ date: day, barber_id: scene.ana });
    expect(one.feed.now()).toBeGreaterThanOrEqual(await lapse());
  });
});
