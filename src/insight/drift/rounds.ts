import type { Inspection } from '../../availability/cache/inspection.ts';
import { targetsOfDays } from '../../availability/cache/keys.ts';
import type { Target } from '../../availability/loading/target.ts';
import type { KindName } from '../../availability/loading/watcher.ts';
import { addDays } from '../../calendar/time.ts';

/** What is looked at together, and loaded in one statement: a barber's days in a row, a schedule, or a shop's rules. */
export interface Round {
  readonly kind: KindName;
  readonly targets: readonly Target[];
}

/** Keys in a pass at most: at ten in ten seconds that is a quarter of an hour, and most lifetimes are shorter. */
const PASS = 1_000;

/** Goes through what is cached, again and again, and no key twice in a pass. */
export function createRounds(inspection: Pick<Inspection, 'sample'>, days: number) {
  let pass: Iterator<{ readonly kind: KindName; readonly target: Target }> = [].values();
  const done = new Set<string>();

  function next(): Round | undefined {
    for (let one = pass.next(); !one.done; one = pass.next()) {
      const { kind, target } = one.value;
      if (done.has(target.key)) continue;
      const { shopId, barberId, day: from } = target;
      const targets =
        kind === 'days'
          ? targetsOfDays({ shopId, barberIds: [barberId], from, to: addDays(from, days - 1) })
          : [target];
      for (const { key } of targets) done.add(key);
      return { kind, targets };
    }
    return undefined;
  }

  /** Undefined where nothing is cached. */
  return (): Round | undefined => {
    const round = next();
    if (round !== undefined) return round;
    done.clear();
    pass = inspection.sample(PASS).values();
    return next();
  };
}
