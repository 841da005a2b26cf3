import { type Static, Type } from 'typebox';
import { SETTING_NAMES } from '../../../availability/cache/lifetime-settings.ts';
import { KIND_NAMES } from '../../../availability/loading/watcher.ts';
import type { Advice, KindAdvice } from '../../../insight/advice/advice.ts';
import { Instant, MissesByCause, wireCauses } from './figures.ts';

const Rate = Type.Union([Type.Number(), Type.Null()], {
  description: 'Per cent; null before the first read',
});

const Option = Type.Object({
  factor: Type.Number({ description: 'Of the present lifetime' }),
  lifetime_seconds: Type.Integer({ description: 'A day at most' }),
  hit_rate: Rate,
  memory_bytes: Type.Integer({ description: 'Estimated, of this kind in the process and in Redis' }),
});

const Kind = Type.Object({
  kind: Type.Enum([...KIND_NAMES]),
  lifetime_seconds: Type.Integer(),
  setting: Type.Enum(Object.values(SETTING_NAMES), { description: 'Its name in the settings of the cache' }),
  hit_rate: Type.Union([Type.Number(), Type.Null()], {
    description: 'Per cent since the start, as counted; null before the first read',
  }),
  misses_by_cause: MissesByCause,
  sampled_keys: Type.Integer(),
  sampled_reads: Type.Number({ description: 'After an hour each counts half' }),
  options: Type.Array(Option),
  recommendation: Type.Object({
    lifetime_seconds: Type.Union([Type.Integer(), Type.Null()], { description: 'Null to leave it as it is' }),
    reason: Type.String({ description: 'A sentence for people' }),
  }),
});

export const AdviceAnswer = Type.Object(
  {
    timestamp: Instant,
    sampled_keys: Type.Integer(),
    kinds: Type.Array(Kind),
  },
  { description: 'What other lifetimes would give, by what this instance’s readers ask for' },
);

export function wireAdvice({ sampledKeys, kinds }: Advice, now: number): Static<typeof AdviceAnswer> {
  return { timestamp: new Date(now).toISOString(), sampled_keys: sampledKeys, kinds: kinds.map(wireKind) };
}

function wireKind(advice: KindAdvice): Static<typeof Kind> {
  const { kind, recommendation } = advice;
  return {
    kind,
    lifetime_seconds: advice.lifetimeSeconds,
    setting: SETTING_NAMES[kind],
    hit_rate: advice.hitRate,
    misses_by_cause: wireCauses(advice.missesByCause),
    sampled_keys: advice.sampledKeys,
    sampled_reads: Math.floor(advice.reads),
    options: advice.options.map((option) => ({
      factor: option.factor,
      lifetime_seconds: option.lifetimeSeconds,
      hit_rate: option.hitRate,
      memory_bytes: option.memoryBytes,
    })),
    recommendation: { lifetime_seconds: recommendation.lifetimeSeconds, reason: recommendation.reason },
  };
}
