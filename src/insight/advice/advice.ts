import { dayKey } from '../../availability/cache/keys.ts';
import type { CachedSource } from '../../availability/cached-source.ts';
import { type KindReport, totalsOf } from '../../availability/counting/report.ts';
import { KIND_NAMES, type KindName, type ReadWatcher } from '../../availability/loading/watcher.ts';
import type { VersionChange } from '../../availability/versions.ts';
import type { Clock } from '../../clock.ts';
import { createKeySample, type KeySample, type Measured } from './key-sample.ts';
import { FACTORS, lifetimesOf } from './miniature.ts';
import { type Findings, type Option, type Recommendation, recommend } from './recommendation.ts';

export interface KindAdvice extends Findings {
  /** As counted since the start, in per cent; null before the first read. */
  readonly hitRate: number | null;
  readonly sampledKeys: number;
  readonly recommendation: Recommendation;
}

export interface Advice {
  readonly sampledKeys: number;
  readonly kinds: readonly KindAdvice[];
}

/** Sees what readers ask for, and says what other lifetimes would give. Of this instance's readers alone. */
export interface Advisor {
  readonly watch: ReadWatcher;
  /** To be called with the source that it watches. Returns how to stop. */
  follow(source: Advised): () => void;
  advise(): Advice;
}

type Advised = Pick<CachedSource, 'onChange' | 'lifetimes' | 'stats'>;

export interface AdvisorOptions {
  readonly clock: Clock;
  /** Keys in all samples together; 4,000 unless given, about 300 bytes each. */
  readonly maxKeys?: number;
  /** An hour unless given. */
  readonly halfLifeMs?: number;
}

/** About what a value takes in the process, until that is measured. */
const BYTES: Readonly<Record<KindName, number>> = { days: 2_000, schedules: 2_000, rules: 8_000 };
const MAX_KEYS = 4_000;
const HALF_LIFE_MS = 3_600_000;

export function createAdvisor(options: AdvisorOptions): Advisor {
  const { clock, maxKeys = MAX_KEYS, halfLifeMs = HALF_LIFE_MS } = options;
  let followed: { readonly source: Advised; readonly samples: Record<KindName, KeySample> } | undefined;

  function sampleOf(source: Advised, kind: KindName, share: number): KeySample {
    const lifetime = () => source.lifetimes()[kind] * 1_000;
    return createKeySample({ clock, lifetime, maxKeys: Math.floor(maxKeys * share), halfLifeMs });
  }

  return {
    watch: (kind, targets) => followed?.samples[kind].watch(targets),
    follow(source) {
      const samples = {
        days: sampleOf(source, 'days', 1 / 2),
        schedules: sampleOf(source, 'schedules', 1 / 4),
        rules: sampleOf(source, 'rules', 1 / 4),
      };
      followed = { source, samples };
      return source.onChange((changes) => {
        for (const change of changes) forget(samples, change);
      });
    },
    advise() {
      if (followed === undefined) return { sampledKeys: 0, kinds: [] };
      const { source, samples } = followed;
      const [stats, lifetimes] = [source.stats(), source.lifetimes()];
      const kinds = KIND_NAMES.map((kind): KindAdvice => {
        const measured = samples[kind].measured();
        const lifetimeSeconds = lifetimes[kind];
        const findings: Findings = {
          kind,
          lifetimeSeconds,
          reads: measured.reads,
          missesByCause: stats[kind].misses,
          options: optionsOf(measured, lifetimeSeconds, bytesOf(stats[kind]) ?? BYTES[kind]),
        };
        const recommendation = recommend(findings);
        return {
          ...findings,
          hitRate: totalsOf([stats[kind]]).hitRate,
          sampledKeys: measured.keys,
          recommendation,
        };
      });
      return { sampledKeys: kinds.reduce((sum, { sampledKeys }) => sum + sampledKeys, 0), kinds };
    },
  };
}

/** What depends on what has changed: of a day, of a barber, or of the whole shop. */
function forget(samples: Record<KindName, KeySample>, { shopId, barberId, day }: VersionChange): void {
  if (day !== '') {
    samples.days.forget(dayKey(shopId, barberId, day));
    return;
  }
  const isTheirs = (target: { readonly shopId: number; readonly barberId: number }) =>
    target.shopId === shopId && (barberId === 0 || target.barberId === barberId);
  samples.days.forgetAll(isTheirs);
  if (barberId === 0) samples.rules.forgetAll(isTheirs);
  else samples.schedules.forgetAll(isTheirs);
}

/**
 * No lifetime has fewer hits than a shorter one, and none takes less memory over time; counts that fade, and the values
 * of one instant, may say otherwise by a hair, which is levelled.
 */
function optionsOf({ reads, hits, live, rate }: Measured, lifetimeSeconds: number, bytes: number): Option[] {
  const lifetimes = lifetimesOf(lifetimeSeconds * 1_000);
  const upTo = (values: readonly number[], i: number) => Math.max(0, ...values.slice(0, i + 1));
  return FACTORS.map((factor, i) => ({
    factor,
    lifetimeSeconds: Math.max(1, Math.floor((lifetimes[i] ?? 0) / 1_000)),
    hitRate: reads === 0 ? null : Math.min(100, (100 * upTo(hits, i)) / reads),
    memoryBytes: Math.round((upTo(live, i) / rate) * bytes),
  }));
}

/** What a value takes in the process and, where there is one, in the store between processes, as measured. */
function bytesOf({ bytes, entries, sharedValueBytes }: KindReport): number | undefined {
  return bytes === null || entries === 0 ? undefined : bytes / entries + (sharedValueBytes ?? 0);
}
