import type { Kysely } from 'kysely';
import { type AvailabilitySource, newRead, type ShopSource } from '../availability/source.ts';
import type { Clock } from '../clock.ts';
import { isUnreachable } from '../database/errors.ts';
import type { Database } from '../database/schema.ts';
import type { ShopRules } from '../shop/rules.ts';
import { MINUTE } from '../timing.ts';
import { selectShopsInDemand } from './demand/queries.ts';
import type { Forecasts } from './forecast/shop-forecast.ts';
import type { Box } from './forecast/worth.ts';
import { loadBox, minutesOfRound, planRound } from './rounds.ts';

export interface WarmAhead {
  /** Warms what is worth it in the next minutes, of all shops, when it is time for that. */
  run(signal: AbortSignal): Promise<void>;
  /** What would be warmed next of a shop, and when (epoch ms); undefined where nothing is worth it. */
  next(rules: ShopRules): Promise<NextWarmUp | undefined>;
}

export interface NextWarmUp extends Box {
  readonly at: number;
}

/** Loads ahead of predicted demand, in as few calls of the source as what is missing can be had in. */
export function createWarmAhead(options: {
  readonly db: Kysely<Database>;
  readonly source: AvailabilitySource & Pick<ShopSource, 'rules'>;
  readonly forecasts: Forecasts;
  readonly clock: Clock;
  /** How long a barber-day lives at present (ms). */
  readonly lifetimeMs: () => number;
}): WarmAhead {
  const { db, source, forecasts, clock, lifetimeMs } = options;

  async function warm(shopId: number): Promise<void> {
    const rules = (await source.rules(shopId, newRead({ warming: true })))?.value;
    if (rules === undefined) return;
    const now = clock.now();
    const box = planRound(await forecasts.of(rules), rules, lifetimeMs(), now);
    if (box !== undefined) await loadBox(source, rules, box, now, lifetimeMs());
  }

  return {
    async run(signal) {
      const now = clock.now();
      if (Math.floor(now / MINUTE) % minutesOfRound(lifetimeMs()) !== 0) return;
      let failure: unknown;
      for (const shopId of await selectShopsInDemand(db, now)) {
        if (signal.aborted) break;
        try {
          await warm(shopId);
        } catch (error) {
          if (isUnreachable(error)) throw error;
          // What is wrong with one shop is not the others' fault.
          failure ??= error;
        }
      }
      if (failure !== undefined) throw failure;
    },
    async next(rules) {
      const roundMs = minutesOfRound(lifetimeMs()) * MINUTE;
      const at = (Math.floor(clock.now() / roundMs) + 1) * roundMs;
      const box = planRound(await forecasts.of(rules), rules, lifetimeMs(), at);
      return box && { ...box, at };
    },
  };
}
