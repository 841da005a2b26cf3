import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLoad } from './load.js';

const ROUNDS = 25;
const REQUESTS = 3_200;
const WARM_UP_REQUESTS = 19_200;
const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

/**
 * The CPU that servers use for a request: two processes, Freshchair's and a bare Fastify's, whose paths are asked for
 * the same number of times in each round, in alternating order. Two processes of the same program differ by a tenth and
 * more, so what is to be compared with Freshchair's plug-ins is served by the same one.
 *
 * @param {{ name: string, kind: 'freshchair' | 'bare', path: string }[]} targets
 * @param {{ settings: Record<string, string>, body: string, logFile: string }} common
 * @returns {Promise<Map<string, number[]>>} microseconds of user and system time a request, by round
 */
export async function measureServers(targets, common) {
  const servers = new Map();
  const asked = [];
  try {
    for (const { name, kind, path } of targets) {
      if (!servers.has(kind)) servers.set(kind, await start(kind, common));
      const { url, cpu } = servers.get(kind);
      asked.push({ name, cpu, load: await openLoad(new URL(path, url).href) });
    }
    for (const { load } of asked) await load.run(WARM_UP_REQUESTS);
    const samples = new Map(asked.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, load, cpu } of round % 2 === 0 ? asked : asked.toReversed()) {
        const before = await cpu();
        const times = await load.run(REQUESTS);
        samples.get(name).push(((await cpu()) - before) / times);
      }
    }
    return samples;
  } finally {
    for (const { load } of asked) load.close();
    for (const { close } of servers.values()) await close();
  }
}

async function start(kind, { settings, body, logFile }) {
  const log = openSync(logFile, 'a');
  const child = fork(SERVER, [JSON.stringify({ kind, settings, body })], {
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  closeSync(log);
  const ended = once(child, 'exit');
  const close = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  try {
    const [{ url }] = await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error(`The ${kind} server did not start`))),
    ]);
    const cpu = async () => {
      child.send('cpu');
      const [{ cpu }] = await once(child, 'message');
      return cpu.user + cpu.system;
    };
    return { url, cpu, close };
  } catch (error) {
    await close();
    throw error;
  }
}
