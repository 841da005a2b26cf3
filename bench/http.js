import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLoad } from './load.js';
import { median, quantile } from './rounds.js';

const CONNECTIONS = 16;
const ROUNDS = 15;
const WARM_UP_REQUESTS = 20_000;
const REQUESTS = 6_000;
const SERVER = fileURLToPath(new URL('http-server.js', import.meta.url));

/**
 * The CPU that servers use for one request, each in a process of its own, round by round in alternating order.
 *
 * @param {{ name: string, kind: 'freshchair' | 'bare', path: string }[]} targets
 */
export async function measureServers(targets, { settings, body, logFile }) {
  const opened = [];
  try {
    for (const target of targets) opened.push(await open(target, { settings, body, logFile }));
    for (const { load } of opened) await load.run(WARM_UP_REQUESTS);
    const samples = new Map(opened.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const one of round % 2 === 0 ? opened : opened.toReversed()) {
        samples.get(one.name).push(await sample(one));
      }
    }
    return samples;
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}

async function open({ name, kind, path }, { settings, body, logFile }) {
  const log = openSync(logFile, 'a');
  const child = fork(SERVER, [JSON.stringify({ kind, settings, body })], {
    stdio: ['ignore', log, 'inherit', 'ipc'],
    execArgv: process.env.BENCH_PROF ? ['--cpu-prof', '--cpu-prof-dir', `${process.env.BENCH_PROF}/${name}`] : [],
  });
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
    const load = await openLoad(new URL(path, url).href, CONNECTIONS);
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

/** Microseconds of one request: of the server's CPU, and of the time it took while all connections were busy. */
async function sample({ load, cpu }) {
  const before = await cpu();
  const began = performance.now();
  const times = await load.run(REQUESTS);
  const wall = (performance.now() - began) * 1000;
  return { cpu: ((await cpu()) - before) / times, wall: wall / times };
}

export { median, quantile };
