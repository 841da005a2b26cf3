import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../../support/processes.ts';
import { createClient } from './client.ts';
import { pick, type Random, type Shelf } from './readers.ts';
import { type Spread, spreadOf } from './tally.ts';

const SERVER = fileURLToPath(new URL('./uncached-server.js', import.meta.url));
const EVERY_MS = 15;
const WARM_UP = 50;

/** A process beside the servers that answers the same reads without a cache. */
export interface Uncached {
  /** Reads now and then until it is stopped; answers with how long that took. */
  measure(random?: Random): { stop(): Promise<Spread> };
  close(): Promise<void>;
}

export async function startUncached(databaseUrl: string, { dates, barberIds }: Shelf): Promise<Uncached> {
  const process_ = await startProcess({
    command: process.execPath,
    args: [SERVER, databaseUrl],
    ready: /Listening on (\d+)/,
  });
  const client = createClient(`http://127.0.0.1:${process_.ready[1]}`);
  const read = async (random: Random) => {
    const path = `/?target_date=${pick(random, dates)}&barber_id=${pick(random, barberIds)}`;
    const { status, began, ended } = await client.get(path);
    if (status !== 200) throw new Error(`Without a cache a read was answered ${status}`);
    return ended - began;
  };
  for (let i = 0; i < WARM_UP; i++) await read(Math.random);
  return {
    measure(random = Math.random) {
      const taken: number[] = [];
      let over = false;
      const reading = (async () => {
        while (!over) {
          taken.push(await read(random));
          await sleep(EVERY_MS);
        }
      })();
      return {
        async stop() {
          over = true;
          await reading;
          return spreadOf(taken);
        },
      };
    },
    async close() {
      client.close();
      await process_.kill();
    },
  };
}
