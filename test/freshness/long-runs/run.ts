import { expect } from 'vitest';
import { newRead, type Read } from '../../../src/availability/source.ts';
import type { VersionChange } from '../../../src/availability/versions.ts';
import {
  createInstance,
  createWorld,
  HOURS,
  type Instance,
  keysOf,
  query,
  SHOP,
} from '../../availability/world.ts';
import { createFaultyStore } from './faulty-store.ts';
import { watchCache } from './no-way-back.ts';
import { DAYS, type Step } from './steps.ts';

/** An instance, and what it must not fall behind: its acknowledged writes, and what it was told of. */
interface Server extends Instance {
  readonly heard: Map<string, number>;
  /** Nothing in memory may go back. */
  readonly check: () => void;
}

const HOURS_KEY = 'hours';

export interface Run {
  perform(step: Step): Promise<void>;
  /** Lets everything go on until all reads are answered; rejects if one was wrong, or a cache went back. */
  end(): Promise<void>;
}

/** Two instances of the production cache over one store that has every fault; loads answer long after their look. */
export function createRun(): Run {
  const world = createWorld();
  const shared = createFaultyStore(world.now);
  const commits: VersionChange[] = [];
  const loads: (() => void)[] = [];
  const looks: (() => void)[] = [];
  const reads: Promise<void>[] = [];
  world.held = () => new Promise((resolve) => loads.push(resolve));
  const delay = (ms: number) => {
    world.pass(ms);
    return new Promise<void>((resolve) => looks.push(resolve));
  };
  const [first, second] = [0, 1].map((): Server => {
    const instance = createInstance(world, { shared, delay });
    const check = watchCache(instance.store, [HOURS_KEY, ...keysOf(query(...DAYS))], world.now);
    return { ...instance, heard: new Map(), check };
  });

  function server(number: number): Server {
    const found = number === 0 ? first : second;
    if (found === undefined) throw new RangeError(`There is no instance ${number}`);
    return found;
  }

  function tell({ feed, heard }: Server, changes: readonly VersionChange[]): void {
    feed.learn(changes);
    for (const { day, version } of changes) heard.set(day, Math.max(version, heard.get(day) ?? 0));
  }

  /** The versions below which a read may not answer that begins now. */
  function floorOf({ feed, heard }: Server, exact: boolean): (day: string) => number {
    const isCurrent = exact || !feed.following;
    const floor = new Map(
      [HOURS, ...DAYS].map((day) => [day, isCurrent ? world.version(day) : heard.get(day)]),
    );
    return (day) => floor.get(day) ?? 0;
  }

  async function readDays(from: Server, days: readonly string[], note: Read): Promise<void> {
    const floor = floorOf(from, note.exact);
    const values = await from.cache.readMany(query(...days), note);
    expect(values.map(({ value }) => value.day)).toEqual(days);
    for (const { value } of values) {
      expect(value.version, value.day).toBeGreaterThanOrEqual(floor(value.day));
      expect(value.hours, `hours on ${value.day}`).toBeGreaterThanOrEqual(floor(HOURS));
    }
  }

  async function readHours(from: Server, note: Read): Promise<void> {
    const floor = floorOf(from, note.exact);
    const values = await from.hours.readMany({ shopId: SHOP }, note);
    expect(values).toHaveLength(1);
    expect(values[0]?.value, 'hours').toBeGreaterThanOrEqual(floor(HOURS));
  }

  /** Whoever ends the run hears of what went wrong. */
  function keep(read: Promise<void>): void {
    read.catch(() => {});
    reads.push(read);
  }

  async function goOn(): Promise<void> {
    for (const queue of [loads, looks]) queue.shift()?.();
    shared.goOn();
    await new Promise(setImmediate);
    first?.check();
    second?.check();
  }

  function act(step: Exclude<Step, { kind: 'goOn' }>): unknown {
    switch (step.kind) {
      case 'write': {
        const change = world.write(step.day);
        commits.push(change);
        return step.told && tell(server(step.by), [change]);
      }
      case 'notify':
        return tell(server(step.who), commits.slice(step.nth, step.nth + 1));
      case 'poll':
        return tell(server(step.who), commits.slice(0, Math.max(0, commits.length - step.unseen)));
      case 'follow':
        server(step.who).feed.following = step.following;
        return;
      case 'read':
        return keep(readDays(server(step.who), step.days, newRead({ exact: step.exact })));
      case 'readHours':
        return keep(readHours(server(step.who), newRead({ exact: step.exact })));
      case 'pass':
        return world.pass(step.ms);
      case 'lose':
        return shared.lose();
      case 'loseClaims':
        return shared.loseClaims();
      case 'restore':
        return shared.restore(step.nth);
      case 'leaveClaim':
        return shared.leaveClaim(step.day === HOURS ? [HOURS_KEY] : keysOf(query(step.day)));
      case 'fail':
        return shared.fail(step.fault, step.times);
    }
  }

  return {
    async perform(step) {
      if (step.kind === 'goOn') await goOn();
      else act(step);
      await Promise.resolve();
    },
    async end() {
      let isOver = false;
      const all = Promise.all(reads).finally(() => {
        isOver = true;
      });
      all.catch(() => {});
      while (!isOver) await goOn();
      await all;
    },
  };
}
