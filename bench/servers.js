import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLoad } from './load.js';

const ROUNDS = 15;
const REQUESTS = 6_400;
const WARM_UP_REQUESTS = 25_600;
const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

/**
 * The CPU that servers use for a request, each in a process of its own: all of them are asked the same number of times
 * in each round, in alternating order.
 *
 * @param {{ name: string, kind: 'freshchair' | 'bare', path: string }[]} targets
 * @param {{ settings: Record<string, string>, body: string, logFile: string }} common
 * @returns {Promise<Map<string, number[]>>} microseconds of user and system time a request, by round
 */
export async function measureServers(targets, common) {
  const servers = [];
  try {
    for (const target of targets) servers.push(await start(target, common));
    for (const { load } of servers) await load.run(WARM_UP_REQUESTS);
    const samples = new Map(servers.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, load, cpu } of round % 2 === 0 ? servers : servers.toReversed()) {
        const before = await cpu();
        const times = await load.run(REQUESTS);
        samples.get(name).push(((await cpu()) - before) / times);
      }
    }
    return samples;
  } finally {
    await Promise.all(servers.map(({ close }) => close()));
  }
}

async function start({ name, kind, path }, { settings, body, logFile }) {
  const log = openSync(logFile, 'a');
  const child = fork(SERVER, [JSON.stringify({ kind, settings, body })], {
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  closeSync(log);
  const ended = once(child, 'exit');
  const stop = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  try {
    const [{ url }] = await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error(`The server "${name}" did not start`))),
    ]);
    const load = await openLoad(new URL(path, url).href);
    const cpu = async () => {
      child.send('cpu');
      const [{ cpu }] = await once(child, 'message');
      return cpu.user + cpu.system;
    };
    const close = async () => {
      load.close();
      await stop();
    };
    return { name, load, cpu, close };
  } catch (error) {
    await stop();
    throw error;
  }
}
