import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { wireAdvice } from '../../wire/cache/advice.ts';
import { KeysAnswer, wireKeys } from '../../wire/cache/monitoring/keys.ts';
import { ReportAnswer, wireReport } from '../../wire/cache/monitoring/report.ts';
import { TrendsAnswer, TrendsQuery, wireTrends } from '../../wire/cache/monitoring/trends.ts';
import { UtilizationAnswer, wireUtilization } from '../../wire/cache/monitoring/utilization.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import { READS } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';
import { cacheStats } from './stats.ts';

/** How the cache has been, and what is in it. For administrators. */
export function cacheMonitoringRoutes(options: CacheAdministration): FastifyPluginAsyncTypebox {
  const { monitoring, advise, clock, signedIn, access } = options;
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
    });

    app.get(
      '/monitoring/trends',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'How the cache has been, on all servers',
          querystring: TrendsQuery,
          response: { 200: TrendsAnswer, ...problems(...READS) },
        },
      },
      async ({ query: { hours = 24 } }) => wireTrends(await monitoring.getTrends({ hours })),
    );

    app.get(
      '/monitoring/utilization',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Each metric against its threshold',
          querystring: ShopQuery,
          response: { 200: UtilizationAnswer, ...problems(...READS) },
        },
      },
      async () => {
        const { timestamp, metrics } = await monitoring.getUtilization();
        return { timestamp, metrics: wireUtilization(metrics) };
      },
    );

    app.get(
      '/monitoring/report',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Everything in one document',
          querystring: ShopQuery,
          response: { 200: ReportAnswer, ...problems(...READS) },
        },
      },
      async () => {
        const [report, stats] = await Promise.all([monitoring.getReport(), cacheStats(options)]);
        return wireReport(report, { stats, advice: wireAdvice(advise(), clock.now()) });
      },
    );

    app.get(
      '/keys/summary',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Kinds of keys: how many, how large, what for',
          description: 'Counted without KEYS: up to 10,000 keys are looked at, in slices.',
          querystring: ShopQuery,
          response: { 200: KeysAnswer, ...problems(...READS) },
        },
      },
      async () => {
        const summary = await monitoring.getKeySummary();
        return wireKeys(new Date(clock.now()).toISOString(), summary);
      },
    );
  };
}
