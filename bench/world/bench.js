import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';
import { openWorld } from './world.js';

/** What the groups share: a Postgres, and what is opened for the first of them that asks for it. */
export async function openBench() {
  const postgres = await startPostgres();
  const opened = [postgres.close];
  const once = (open) => {
    let opening;
    return () => {
      opening ??= open().then((one) => {
        opened.push(one.close);
        return one;
      });
      return opening;
    };
  };
  return {
    postgres,
    world: once(() => openWorld(postgres)),
    redis: once(() => startRedis(postgres.directory)),
    async close() {
      for (const close of opened.reverse()) await close();
    },
  };
}
