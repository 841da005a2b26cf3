import type { ReadWatcher } from '../../availability/loading/watcher.ts';

/** How often readers asked for the same days. */
export interface Asked {
  readonly shopId: number;
  /** 0 where several barbers were asked for at once: nearly always all who offer the service. */
  readonly barberId: number;
  /** The first day, a date at the shop. */
  readonly from: string;
  /** Days in a row. */
  readonly days: number;
  readonly reads: number;
}

export interface DemandCounter {
  readonly watch: ReadWatcher;
  /** What was counted since the last call; begins anew. */
  take(): readonly Asked[];
  /** Counts what was taken and could not be kept. */
  giveBack(asked: readonly Asked[]): void;
}

type Count = { -readonly [name in keyof Asked]: Asked[name] };

/** Different questions between two calls of `take`, about 150 bytes each; others are not counted. */
const MOST = 20_000;

/**
 * Counts reads of barber-days by what they ask for together, not by the barber-day: a month of fifty barbers is one
 * number more, and counted as fast as one day. Which barber-days were read follows from it.
 */
export function createDemandCounter(): DemandCounter {
  let counts = new Map<string, Count>();
  let counted: Count[] = [];

  function countOf(asked: Omit<Asked, 'reads'>): Count {
    const key = `${asked.shopId} ${asked.barberId} ${asked.from} ${asked.days}`;
    let count = counts.get(key);
    if (count === undefined) {
      // Whoever still has one of the old ones goes on counting there.
      if (counts.size >= MOST) counts = new Map();
      count = { ...asked, reads: 0 };
      counts.set(key, count);
    }
    return count;
  }

  function add(count: Count, reads: number): void {
    if (count.reads === 0) {
      if (counted.length >= MOST) return;
      counted.push(count);
    }
    count.reads += reads;
  }

  return {
    watch(kind, targets) {
      const [first, last] = [targets[0], targets.at(-1)];
      if (kind !== 'days' || first === undefined || last === undefined) return undefined;
      const isOne = first.barberId === last.barberId;
      const count = countOf({
        shopId: first.shopId,
        barberId: isOne ? first.barberId : 0,
        from: first.day,
        days: isOne ? targets.length : targets.findIndex(({ barberId }) => barberId !== first.barberId),
      });
      return () => add(count, 1);
    },
    take() {
      const taken = counted.map((count) => ({ ...count }));
      for (const count of counted) count.reads = 0;
      counted = [];
      return taken;
    },
    giveBack(asked) {
      for (const { reads, ...of } of asked) add(countOf(of), reads);
    },
  };
}
