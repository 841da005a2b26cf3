import { setTimeout as sleep } from 'node:timers/promises';

const ROUNDS = 25;
/** How long one case runs in a round, about (ms). */
const ROUND_MS = 40;
const WARM_UP_MS = 400;
/** Between two cases, for what a process has to do beside: an instance that does not poll stops trusting its cache. */
const PAUSE_MS = 5;

/**
 * Measures cases against each other: in each round every one runs once, in alternating order, so that what disturbs
 * the machine disturbs all of them.
 *
 * @param {{ name: string, run: (times: number) => Promise<unknown> }[]} cases `run` does it so many times
 * @returns by name, microseconds for one operation, round by round: `walls` and `cpus`, the process's user and system
 *   time with its garbage collector
 */
export async function measure(cases, { rounds = ROUNDS, roundMs = ROUND_MS } = {}) {
  const plans = [];
  for (const { name, run } of cases) plans.push({ name, run, times: await timesIn(roundMs, run) });
  const figures = new Map(cases.map(({ name }) => [name, { walls: [], cpus: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run, times } of round % 2 === 0 ? plans : plans.toReversed()) {
      await sleep(PAUSE_MS);
      const cpuBefore = process.cpuUsage();
      const began = performance.now();
      await run(times);
      const wall = (performance.now() - began) * 1000;
      const { user, system } = process.cpuUsage(cpuBefore);
      const { walls, cpus } = figures.get(name);
      walls.push(wall / times);
      cpus.push((user + system) / times);
    }
  }
  return figures;
}

/** Warms up, and answers how many operations fill a round. */
async function timesIn(ms, run) {
  const until = performance.now() + WARM_UP_MS;
  for (let times = 1; ; ) {
    await sleep(PAUSE_MS);
    const began = performance.now();
    await run(times);
    const took = performance.now() - began;
    if (took < ms / 2) times *= 2;
    else if (performance.now() > until) return Math.max(1, Math.round((times * ms) / took));
  }
}

/** An operation so many times in a row. */
export function repeated(run) {
  return async (times) => {
    for (let i = 0; i < times; i++) await run();
  };
}

export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** Between two values in proportion. */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
}
