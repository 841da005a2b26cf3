import { setTimeout as sleep } from 'node:timers/promises';

/** How long one round of one case takes, about (ms), and how many rounds there are. */
const ROUND_MS = 40;
const ROUNDS = 25;
const WARM_UP_MS = 400;
/** Between two rounds, for what the process has to do beside: an instance that does not poll stops trusting its cache. */
const PAUSE_MS = 5;

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {(times: number) => unknown} run does it so many times; may answer with a promise
 *
 * @typedef {object} Figure microseconds for one operation
 * @property {number} median wall time
 * @property {number} low of ten rounds one was shorter
 * @property {number} high of ten rounds one was longer
 * @property {number} cpu median of the CPU time of the whole process, its garbage collector included
 * @property {number[]} samples wall time by round
 */

/**
 * Measures cases against each other: in each round every one runs once, in alternating order, so that what disturbs
 * the machine disturbs all of them.
 *
 * @param {Case[]} cases
 * @returns {Promise<Map<string, Figure>>}
 */
export async function measure(cases, { rounds = ROUNDS, roundMs = ROUND_MS } = {}) {
  const times = new Map();
  for (const { name, run } of cases) times.set(name, await timesIn(roundMs, run));
  const samples = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of round % 2 === 0 ? cases : cases.toReversed()) {
      samples.get(name).push(await sample(run, times.get(name)));
    }
  }
  return new Map([...samples].map(([name, list]) => [name, figureOf(list)]));
}

/** Warms up, and answers how many operations fill a round. */
async function timesIn(ms, run) {
  let times = 1;
  const until = performance.now() + WARM_UP_MS;
  for (;;) {
    await sleep(PAUSE_MS);
    const began = performance.now();
    await run(times);
    const took = performance.now() - began;
    if (took < ms / 2) times *= 2;
    else if (performance.now() > until) return Math.max(1, Math.round((times * ms) / took));
  }
}

async function sample(run, times) {
  await sleep(PAUSE_MS);
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  await run(times);
  const wall = (performance.now() - began) * 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wall: wall / times, cpu: (user + system) / times };
}

/** @param {{ wall: number, cpu: number }[]} list */
export function figureOf(list) {
  const walls = list.map(({ wall }) => wall);
  return {
    median: quantile(walls, 0.5),
    low: quantile(walls, 0.1),
    high: quantile(walls, 0.9),
    cpu: median(list.map(({ cpu }) => cpu)),
    samples: walls,
  };
}

export function median(numbers) {
  return quantile(numbers, 0.5);
}

export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
}
