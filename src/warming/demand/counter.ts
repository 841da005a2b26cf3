import type { ReadWatcher } from '../../availability/loading/watcher.ts';

/** What readers asked for: days in a row, of one barber or of several. */
interface Question {
  readonly shopId: number;
  /** 0 where several barbers were asked for at once: nearly always all who offer the service. */
  readonly barberId: number;
  /** The first day, a date at the shop. */
  readonly from: string;
  readonly days: number;
}

/** How often they did. */
export interface Asked extends Question {
  readonly reads: number;
}

export interface DemandCounter {
  readonly watch: ReadWatcher;
  /** What was counted since the last call; begins anew. */
  take(): readonly Asked[];
  /** Counts what was taken and could not be kept. */
  giveBack(asked: readonly Asked[]): void;
}

/** Counts side by side: an object for each, scattered over memory, takes a hot read ten times as long. */
interface Sheet {
  readonly questions: Question[];
  readonly places: Map<string, number>;
  readonly reads: Float64Array;
}

/** Different questions on a sheet, 200 bytes each. */
const MOST = 20_000;

const newSheet = (): Sheet => ({ questions: [], places: new Map(), reads: new Float64Array(MOST) });

/**
 * Counts reads of barber-days by what they ask for together, not by the barber-day: a month of fifty barbers is one
 * number more, and counted as fast as one day. Which barber-days were read follows from it.
 */
export function createDemandCounter(): DemandCounter {
  let sheet = newSheet();
  /** It is full, and remembered answers still count on it. Those of the one before are not counted any more. */
  let full: Sheet | undefined;

  function placeOf(question: Question): number {
    const { shopId, barberId, from, days } = question;
    const key = `${shopId} ${barberId} ${from} ${days}`;
    const known = sheet.places.get(key);
    if (known !== undefined) return known;
    if (sheet.questions.length === MOST) [full, sheet] = [sheet, newSheet()];
    const place = sheet.questions.push(question) - 1;
    sheet.places.set(key, place);
    return place;
  }

  function takeFrom({ questions, reads }: Sheet): Asked[] {
    const taken = questions
      .map((question, place) => ({ ...question, reads: reads[place] ?? 0 }))
      .filter((asked) => asked.reads > 0);
    reads.fill(0);
    return taken;
  }

  return {
    watch(kind, targets) {
      const [first, last] = [targets[0], targets.at(-1)];
      if (kind !== 'days' || first === undefined || last === undefined) return undefined;
      const isOne = first.barberId === last.barberId;
      const place = placeOf({
        shopId: first.shopId,
        barberId: isOne ? first.barberId : 0,
        from: first.day,
        days: isOne ? targets.length : targets.findIndex(({ barberId }) => barberId !== first.barberId),
      });
      const { reads } = sheet;
      return () => {
        reads[place] = (reads[place] ?? 0) + 1;
      };
    },
    take: () => [...(full === undefined ? [] : takeFrom(full)), ...takeFrom(sheet)],
    giveBack(asked) {
      for (const { reads, ...question } of asked) {
        const place = placeOf(question);
        sheet.reads[place] = (sheet.reads[place] ?? 0) + reads;
      }
    },
  };
}
