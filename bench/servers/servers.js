import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLoad } from './load.js';

const ROUNDS = 25;
const REQUESTS = 3_200;
const WARM_UP_ROUNDS = 6;
const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

/**
 * What servers take for a request: two processes, Freshchair's and a bare Fastify's, whose paths are asked for in each
 * round, in alternating order. Two processes of the same program differ by a tenth and more, so what is to be compared
 * with Freshchair is served by the same one.
 *
 * @param {{ name: string, kind: 'freshchair' | 'bare', path: string, requests?: number, connections?: number,
 *   inStep?: boolean }[]} targets
 * @param {{ settings: Record<string, string>, body: string, logFile: string, redisUrl?: string }} common
 * @returns {Promise<Map<string, { walls: number[], cpus: number[] }>>} microseconds a request, by round: `cpus` the
 *   server's user and system time
 */
export async function measureServers(targets, common, { rounds = ROUNDS } = {}) {
  const servers = new Map();
  const asked = [];
  try {
    for (const { name, kind, path, requests = REQUESTS, ...how } of targets) {
      if (!servers.has(kind)) servers.set(kind, await startServer(kind, common));
      const { url, cpu } = servers.get(kind);
      asked.push({ name, cpu, requests, load: await openLoad(new URL(path, url).href, how) });
    }
    for (const { load, requests } of asked) await load.run(requests * WARM_UP_ROUNDS);
    const samples = new Map(asked.map(({ name }) => [name, { walls: [], cpus: [] }]));
    for (let round = 0; round < rounds; round++) {
      for (const { name, load, cpu, requests } of round % 2 === 0 ? asked : asked.toReversed()) {
        const cpuBefore = await cpu();
        const began = performance.now();
        const times = await load.run(requests);
        const { walls, cpus } = samples.get(name);
        walls.push(((performance.now() - began) * 1_000) / times);
        cpus.push(((await cpu()) - cpuBefore) / times);
      }
    }
    return samples;
  } finally {
    for (const { load } of asked) load.close();
    for (const { close } of servers.values()) await close();
  }
}

/** A server in a process of its own; `cpu` resolves to the microseconds that it has used so far. */
export async function startServer(kind, { logFile, ...settings }) {
  const log = openSync(logFile, 'a');
  const child = fork(SERVER, [JSON.stringify({ kind, ...settings })], {
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
