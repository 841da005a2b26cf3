import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Advisor, createAdvisor } from '../../../src/insight/advice/advice.ts';
import { FACTORS } from '../../../src/insight/advice/miniature.ts';
import { createDaysWorld, type DaysWorld } from '../../availability/days-world.ts';

const SHOP = 7;
const TTL = 300;
const OTHERS = { schedules: 3_600, rules: 86_400 };
const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25'];

type Step =
  | { readonly kind: 'read'; readonly barberIds: readonly number[]; readonly day: string }
  | { readonly kind: 'change'; readonly barberId: number; readonly day: string }
  | { readonly kind: 'pass'; readonly ms: number };

const barber = fc.integer({ min: 1, max: 3 });
const day = fc.constantFrom(...DAYS);
const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({
      kind: fc.constant('read' as const),
      barberIds: fc.uniqueArray(barber, { minLength: 1 }),
      day,
    }),
    fc.record({ kind: fc.constant('read' as const), barberIds: barber.map((id) => [id]), day }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2 * TTL * 1_000 }) }),
    fc
      .tuple(barber, day, fc.nat(9))
      .map(([id, date, n]): Step => ({ kind: 'change', barberId: n ? id : 0, day: n > 1 ? date : '' })),
  ),
  { maxLength: 80 },
);

async function follow({ cached, change, pass }: DaysWorld, trace: readonly Step[]): Promise<void> {
  for (const step of trace) {
    if (step.kind === 'pass') pass(step.ms);
    else if (step.kind === 'change') change(SHOP, step.barberId, step.day);
    else await cached.load({ shopId: SHOP, barberIds: step.barberIds, from: step.day, to: step.day });
  }
}

/** A world that is advised on its lifetime. */
function createAdvised(options: { maxKeys?: number; halfLifeMs?: number } = {}) {
  let advisor: Advisor | undefined;
  const world = createDaysWorld({ days: TTL, ...OTHERS }, [(kind, targets) => advisor?.watch(kind, targets)]);
  advisor = createAdvisor({ clock: { now: world.now }, ...options });
  advisor.follow(world.cached);
  return { world, advise: advisor.advise, days: () => daysOf(advisor) };
}

function daysOf(advisor: Advisor | undefined) {
  const found = advisor?.advise().kinds.find(({ kind }) => kind === 'days');
  if (found === undefined) throw new Error('There is advice on days');
  return found;
}

describe('what other lifetimes would give', () => {
  test('is just what the cache itself gives with each of them', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (trace) => {
        const { world, days } = createAdvised({ halfLifeMs: Number.POSITIVE_INFINITY });
        await follow(world, trace);
        for (const [i, factor] of FACTORS.entries()) {
          const real = createDaysWorld({ days: factor * TTL, ...OTHERS });
          await follow(real, trace);
          const { process } = real.cached.stats().days;
          const misses = Object.values(process.misses).reduce((sum, n) => sum + n, 0);
          const { hitRate = null } = days().options[i] ?? {};
          expect(days().reads).toBe(process.hits + misses);
          expect(Math.round(((hitRate ?? 0) * days().reads) / 100)).toBe(process.hits);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('grows with the lifetime, hit rate and memory both, however little is sampled', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 8, max: 40 }), async (trace, maxKeys) => {
        const { world, days } = createAdvised({ maxKeys, halfLifeMs: 600_000 });
        for (const step of trace) {
          await follow(world, [step]);
          const { options, sampledKeys } = days();
          expect(sampledKeys).toBeLessThanOrEqual(maxKeys / 2);
          for (const [i, option] of options.entries()) {
            const before = options[i - 1] ?? option;
            expect(option.hitRate ?? 0).toBeGreaterThanOrEqual(before.hitRate ?? 0);
            expect(option.memoryBytes).toBeGreaterThanOrEqual(before.memoryBytes);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is nothing before the first read', () => {
    const { hitRate, options, recommendation } = createAdvised().days();
    expect(hitRate).toBeNull();
    expect(options.map((option) => [option.lifetimeSeconds, option.hitRate, option.memoryBytes])).toEqual([
      [150, null, 0],
      [300, null, 0],
      [600, null, 0],
      [1_200, null, 0],
    ]);
    expect(recommendation).toEqual({
      lifetimeSeconds: null,
      reason: 'Too little was read to say: 0 of 1,000 reads.',
    });
  });

  test('begins anew when the lifetime is changed', async () => {
    const { world, days } = createAdvised();
    const reads = [1, 2, 3].map((): Step => ({ kind: 'read', barberIds: [1], day: '2026-11-23' }));
    await follow(world, reads);
    expect(days()).toMatchObject({ reads: 3, sampledKeys: 1 });
    world.cached.setLifetimes({ days: 100, ...OTHERS });
    expect(days()).toMatchObject({ reads: 0, sampledKeys: 0, lifetimeSeconds: 100 });
    await follow(world, reads);
    expect(days()).toMatchObject({ reads: 3, options: [{ lifetimeSeconds: 50 }, {}, {}, {}] });
  });

  test('counts schedules and rules for themselves', async () => {
    const { world, advise } = createAdvised();
    await world.cached.schedules(SHOP, [1, 2]);
    await world.cached.rules(SHOP);
    expect(advise().kinds.map(({ kind, reads }) => [kind, reads])).toEqual([
      ['days', 0],
      ['schedules', 2],
      ['rules', 1],
    ]);
  });
});
