import type { Held, Inspection } from '../../availability/cache/inspection.ts';
import type { Target } from '../../availability/loading/target.ts';
import type { KindName } from '../../availability/loading/watcher.ts';
import type { AvailabilitySource, Loaded, ShopSource } from '../../availability/source.ts';
import type { BarberDay } from '../../calendar/barber-day.ts';
import type { Actual } from './comparison.ts';

/** What Postgres says of values that were found in a round, by key, in one statement unless something is gone. */
export function createTruth(
  source: AvailabilitySource & ShopSource,
  inspection: Pick<Inspection, 'current'>,
) {
  async function load(kind: KindName, targets: readonly Target[]): Promise<readonly Loaded<unknown>[]> {
    const [first, last] = [targets[0], targets.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { shopId, barberId, day } = first;
    if (kind === 'days') return source.load({ shopId, barberIds: [barberId], from: day, to: last.day });
    if (kind === 'schedules') return source.schedules(shopId, [barberId]);
    const rules = await source.rules(shopId);
    return rules === undefined ? [] : [rules];
  }

  /** Its versions tell whether it was deleted just now. */
  async function gone(kind: KindName, target: Target): Promise<Actual> {
    const { versions, at } = await inspection.current(kind, target);
    return { value: undefined, versions, loadedAt: at };
  }

  return async function actualOf(
    kind: KindName,
    held: readonly Held[],
  ): Promise<ReadonlyMap<string, Actual>> {
    const targets = new Map(held.map(({ target }) => [target.key, target]));
    const loaded = await load(kind, [...targets.values()]);
    const actual = new Map<string, Actual>();
    for (const [key, target] of targets) {
      const found =
        kind === 'days' ? loaded.find(({ value }) => (value as BarberDay).date === target.day) : loaded[0];
      actual.set(key, found ?? (await gone(kind, target)));
    }
    return actual;
  };
}
