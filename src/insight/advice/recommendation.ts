import { SETTING_NAMES, variableOf } from '../../availability/cache/lifetime-settings.ts';
import { type MissCause, type Misses, sumOf } from '../../availability/counting/stats.ts';
import type { KindName } from '../../availability/loading/watcher.ts';
import { leadingCause } from '../reads.ts';

/** What another lifetime would give. Rates are in per cent. */
export interface Option {
  readonly factor: number;
  readonly lifetimeSeconds: number;
  /** Null before the first read. */
  readonly hitRate: number | null;
  readonly memoryBytes: number;
}

export interface Findings {
  readonly kind: KindName;
  readonly lifetimeSeconds: number;
  /** Of the sample, the older ones counting less. */
  readonly reads: number;
  readonly missesByCause: Readonly<Misses>;
  /** By factor, the shortest lifetime first; neither rates nor memory ever fall. */
  readonly options: readonly Option[];
}

export interface Recommendation {
  /** Null for what it is. */
  readonly lifetimeSeconds: number | null;
  /** A sentence or two, with the setting where one is to be changed. */
  readonly reason: string;
}

/** Fewer reads say nothing: with 1,000 a rate is known to 3 points. */
const ENOUGH_READS = 1_000;
/** Points of hit rate that are worth a change. */
const WORTH = 1;
/** Of all that could be gained, that is enough: the rest is dear. */
const MOST_OF_IT = 0.8;
/** Nobody is told to give more than this to one kind of data. */
const MOST_MEMORY = 256 * 1_024 * 1_024;
/** What is saved by a shorter lifetime should be worth it, and cost next to nothing. */
const WORTH_SAVING = 16 * 1_024 * 1_024;
const NEXT_TO_NOTHING = 0.1;

export function recommend(findings: Findings): Recommendation {
  const { reads, options } = findings;
  const present = options.find(({ factor }) => factor === 1);
  if (present === undefined || present.hitRate === null || reads < ENOUGH_READS) {
    const count = Math.floor(reads).toLocaleString('en');
    return stay(`Too little was read to say: ${count} of ${ENOUGH_READS.toLocaleString('en')} reads.`);
  }
  const gain = ({ hitRate }: Option) => (hitRate ?? 0) - (present.hitRate ?? 0);
  const longer = options.filter((one) => one.factor > 1 && one.memoryBytes <= MOST_MEMORY);
  const most = Math.max(0, ...longer.map(gain));
  const enough = longer.find((one) => gain(one) >= MOST_OF_IT * most);
  if (enough !== undefined && most >= WORTH) return change(enough, lengthen(findings, present, enough));

  const shorter = options.filter((one) => one.factor < 1).at(-1);
  const saved = present.memoryBytes - (shorter?.memoryBytes ?? present.memoryBytes);
  if (shorter !== undefined && saved >= WORTH_SAVING && gain(shorter) > -NEXT_TO_NOTHING)
    return change(
      shorter,
      `${times(shorter)} would save ${megabytes(saved)} of ${megabytes(present.memoryBytes)}, and the hit rate stay at ${percent(shorter.hitRate)}: ${how(findings, shorter)}`,
    );
  return stay(
    `Nothing to gain: ${percent(present.hitRate)} are hits, and no longer lifetime adds a whole per cent. ${whyMissed(findings)}`.trim(),
  );
}

function stay(reason: string): Recommendation {
  return { lifetimeSeconds: null, reason };
}

function change({ lifetimeSeconds }: Option, reason: string): Recommendation {
  return { lifetimeSeconds, reason };
}

function lengthen(findings: Findings, present: Option, better: Option): string {
  const share = shareOf('expired', findings.missesByCause);
  const cause = share > 0 ? `Lifetimes that ended cause ${percent(share)} of the misses. ` : '';
  const memory = `${megabytes(better.memoryBytes)} instead of ${megabytes(present.memoryBytes)}`;
  return `${cause}${times(better)} would raise the hit rate from ${percent(present.hitRate)} to ${percent(better.hitRate)}, in ${memory}: ${how(findings, better)}`;
}

function times({ factor, lifetimeSeconds }: Option): string {
  const words = factor === 0.5 ? 'Half' : `${factor} times`;
  return `${words} the lifetime (${lifetimeSeconds} s)`;
}

function how({ kind }: Findings, { lifetimeSeconds }: Option): string {
  return `set ${SETTING_NAMES[kind]} to ${lifetimeSeconds} by PUT /api/v2/cache/settings, or ${variableOf(kind)}=${lifetimeSeconds} for the next start.`;
}

/** What to do about misses that no lifetime is to blame for. */
const REMEDIES: Partial<Record<MissCause, string>> = {
  cold: 'were never loaded before: a warm-up loads them ahead',
  tooOld: 'had changed since, as they should be read anew',
  evicted: 'had to make room: give the cache more of it',
  notFollowing: 'were read while changes were not seen: look at the feed in the health',
  away: 'were read while Redis did not answer: look at the health',
};

function whyMissed({ missesByCause }: Findings): string {
  const main = leadingCause(missesByCause);
  const remedy = main && REMEDIES[main];
  if (main === undefined || remedy === undefined) return '';
  return `Of the misses ${percent(shareOf(main, missesByCause))} ${remedy}.`;
}

function shareOf(cause: MissCause, misses: Findings['missesByCause']): number {
  const all = sumOf(misses);
  return all === 0 ? 0 : (100 * misses[cause]) / all;
}

function percent(rate: number | null): string {
  const digits = rate !== null && rate > 90 && rate < 100 ? 1 : 0;
  return `${(rate ?? 0).toFixed(digits)} %`;
}

function megabytes(bytes: number): string {
  const mega = bytes / 1_024 / 1_024;
  return mega < 0.1 ? 'less than 0.1 MB' : `${mega.toFixed(mega < 10 ? 1 : 0)} MB`;
}
