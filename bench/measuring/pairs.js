import { median } from './rounds.js';

/**
 * Operations that cannot be repeated as often as one likes, measured against each other one by one: in each turn every
 * case runs once, in alternating order.
 *
 * @param {{ name: string, run: () => Promise<unknown> }[]} cases
 * @returns by name, `walls` and `cpus` of this process: microseconds for one operation, medians of each round
 */
export async function measureEach(cases, { rounds, turns, warmUp }) {
  const figures = new Map(cases.map(({ name }) => [name, { walls: [], cpus: [] }]));
  for (let round = -warmUp; round < rounds; round++) {
    const taken = new Map(cases.map(({ name }) => [name, { walls: [], cpu: 0 }]));
    for (let turn = 0; turn < turns; turn++) {
      for (const { name, run } of turn % 2 === 0 ? cases : cases.toReversed()) {
        const cpuBefore = process.cpuUsage();
        const began = performance.now();
        await run();
        const of = taken.get(name);
        of.walls.push((performance.now() - began) * 1_000);
        const { user, system } = process.cpuUsage(cpuBefore);
        of.cpu += user + system;
      }
    }
    if (round < 0) continue;
    for (const [name, { walls, cpu }] of taken) {
      const of = figures.get(name);
      of.walls.push(median(walls));
      of.cpus.push(cpu / turns);
    }
  }
  return figures;
}
