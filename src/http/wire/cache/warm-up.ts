import { type Static, Type } from 'typebox';
import type { PreloadStats } from '../../../availability/cache/preload.ts';
import type { WarmUpStats } from '../../../availability/cache/warm-up.ts';
import type { WarmUpRecord } from '../../../warming/warm-up/rows.ts';
import { DateText, Id, ShopSlug } from '../common.ts';
import { Count, Instant, rounded } from './figures.ts';

export const WarmUpQuery = Type.Object(
  {
    days_ahead: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 30,
        description: 'From today to that many days ahead, both included; 7 unless a range is given',
      }),
    ),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false },
);
export const WarmUpBody = Type.Object(
  {
    start_date: Type.Optional(DateText),
    end_date: Type.Optional(Type.String({ ...DateText, description: 'At most 90 days, both included' })),
    barber_ids: Type.Optional(
      Type.Array(Id, { minItems: 1, maxItems: 1_000, description: 'Unless given, all who are active' }),
    ),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false },
);
export const PreferHeader = Type.Object({
  prefer: Type.Optional(
    Type.String({ description: '`respond-async` (RFC 7240): answer at once, and do it in the background' }),
  ),
});

const Milliseconds = Type.Number({ minimum: 0 });
const Stats = Type.Object({
  days: Count,
  barbers: Count,
  cached: Type.Integer({ minimum: 0, description: 'Days of barbers that were loaded' }),
  already_fresh: Type.Integer({ minimum: 0, description: 'Days of barbers that were there already' }),
  errors: Type.Integer({ minimum: 0, description: 'Days of barbers that could not be loaded' }),
  duration_ms: Milliseconds,
});
export const WarmUpAnswer = Type.Object({ message: Type.String(), stats: Stats });
export const WarmUpJob = Type.Object({
  id: Id,
  status: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]),
  start_date: DateText,
  end_date: DateText,
  barber_ids: Type.Union([Type.Array(Id), Type.Null()], { description: 'Null: all who are active' }),
  progress: Type.Object({ done: Count, total: Count, percent: Type.Integer({ minimum: 0, maximum: 100 }) }),
  stats: Stats,
  failure: Type.Union([Type.String(), Type.Null()], { description: 'Why it failed, and what to do' }),
  created_at: Instant,
  finished_at: Type.Union([Instant, Type.Null()]),
});
export const PreloadAnswer = Type.Object({
  message: Type.String(),
  stats: Type.Object({
    services: Count,
    barbers: Count,
    cached: Type.Integer({
      minimum: 0,
      description: 'Values that were loaded: the rules, and hours of barbers',
    }),
    already_fresh: Count,
    duration_ms: Milliseconds,
  }),
});

export function wireWarmUp({ stats }: Pick<WarmUpRecord, 'stats'>): Static<typeof WarmUpAnswer> {
  const but = stats.errors === 0 ? '' : `, but for ${stats.errors} days of barbers that could not be loaded`;
  return { message: `Cache warmed up${but}`, stats: wireStats(stats) };
}

export function wireJob(record: WarmUpRecord): Static<typeof WarmUpJob> {
  const { id, status, stats, failure, createdAt, finishedAt } = record;
  const total = stats.days * stats.barbers;
  const done = stats.cached + stats.alreadyFresh + stats.errors;
  const share = total === 0 ? 0 : done / total;
  return {
    id,
    status,
    start_date: record.from,
    end_date: record.to,
    barber_ids: record.barberIds && [...record.barberIds],
    progress: { done, total, percent: status === 'done' ? 100 : Math.floor(100 * share) },
    stats: wireStats(stats),
    failure,
    created_at: createdAt.toISOString(),
    finished_at: finishedAt?.toISOString() ?? null,
  };
}

export function wirePreload({
  durationMs,
  alreadyFresh,
  ...stats
}: PreloadStats): Static<typeof PreloadAnswer> {
  return {
    message: 'Settings, services and hours are cached',
    stats: { ...stats, already_fresh: alreadyFresh, duration_ms: rounded(durationMs) },
  };
}

function wireStats({ alreadyFresh, durationMs, ...stats }: WarmUpStats): Static<typeof Stats> {
  return { ...stats, already_fresh: alreadyFresh, duration_ms: rounded(durationMs) };
}
