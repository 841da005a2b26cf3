import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newRead } from '../../src/availability/source.ts';
import { createMemoryStore } from '../../src/availability/store/memory-store.ts';
import type { StoreEntry } from '../../src/availability/store/store.ts';
import { createInstance, createWorld, query, SHOP, TTL } from './world.ts';

const DAYS = ['2026-11-23', '2026-11-24'];

type Step =
  | { readonly kind: 'write'; readonly by: number; readonly day: string }
  | { readonly kind: 'hear'; readonly who: number }
  | { readonly kind: 'read'; readonly who: number; readonly days: string[]; readonly exact: boolean }
  | { readonly kind: 'follow'; readonly who: number; readonly following: boolean }
  | { readonly kind: 'lose' }
  | { readonly kind: 'restore'; readonly nth: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'answer' };

const who = fc.integer({ min: 0, max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('write' as const), by: who, day: fc.constantFrom(...DAYS) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hear' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      who,
      days: fc.subarray(DAYS, { minLength: 1 }),
      exact: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('follow' as const), who, following: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), nth: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(10, 1_000, TTL) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const) }) },
);

/**
 * Two instances over one store that may lose everything or bring back anything it ever held; loads answer long
 * after they have looked. What a read may not fall behind is fixed when it is asked: the instance's own
 * acknowledged writes and what it has heard of; for a strong read, and while it does not follow, everything.
 */
test('no read is behind what its instance had to know when it was asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = createWorld();
      const written: StoreEntry[] = [];
      const memory = createMemoryStore({ maxEntries: 100, clock: { now: world.now } });
      const shared = {
        ...memory,
        putMany(entries: readonly StoreEntry[]) {
          written.push(...entries);
          return memory.putMany(entries);
        },
      };
      const held: (() => void)[] = [];
      world.held = () => new Promise((resolve) => held.push(resolve));
      const looks: (() => void)[] = [];
      const delay = (ms: number) => {
        world.pass(ms);
        return new Promise<void>((resolve) => looks.push(resolve));
      };
      const instances = [0, 1].map(() => createInstance(world, { shared, delay }));
      /** By instance and day: the version below which no answer may be. */
      const heard = instances.map(() => new Map<string, number>());
      const reads: Promise<void>[] = [];

      const release = async () => {
        held.shift()?.();
        looks.shift()?.();
        await new Promise(setImmediate);
      };

      for (const step of steps) {
        if (step.kind === 'write') {
          const change = world.write(step.day);
          instances[step.by]?.feed.learn([change]);
          heard[step.by]?.set(step.day, change.version);
        } else if (step.kind === 'hear') {
          for (const day of DAYS) {
            heard[step.who]?.set(day, world.version(day));
            instances[step.who]?.feed.learn([
              { shopId: SHOP, barberId: 1, day, version: world.version(day) },
            ]);
          }
        } else if (step.kind === 'follow') {
          const instance = instances[step.who];
          if (instance !== undefined) instance.feed.following = step.following;
        } else if (step.kind === 'lose') {
          memory.clear();
        } else if (step.kind === 'restore') {
          const entry = written[step.nth % Math.max(1, written.length)];
          if (entry !== undefined) {
            memory.drop([entry.key]);
            memory.putMany([entry]);
          }
        } else if (step.kind === 'pass') {
          world.pass(step.ms);
        } else if (step.kind === 'answer') {
          await release();
        } else {
          const instance = instances[step.who];
          const known = heard[step.who];
          if (instance === undefined || known === undefined) continue;
          const note = newRead(step.exact);
          const all = step.exact || !instance.feed.following;
          const floor = new Map(
            step.days.map((day) => [day, all ? world.version(day) : (known.get(day) ?? 0)]),
          );
          const asked = query(...step.days);
          const answer = Promise.resolve(instance.cache.readMany(asked, note));
          reads.push(
            answer.then((values) => {
              expect(values.map(({ value }) => value.day)).toEqual(step.days);
              if (note.degraded) return;
              for (const { value } of values) {
                expect(value.version, JSON.stringify(step)).toBeGreaterThanOrEqual(floor.get(value.day) ?? 0);
              }
            }),
          );
        }
        await Promise.resolve();
      }
      const all = Promise.all(reads);
      let done = false;
      all
        .finally(() => {
          done = true;
        })
        .catch(() => {});
      while (!done) await release();
      await all;
    }),
    { numRuns: 400 },
  );
}, 120_000);
