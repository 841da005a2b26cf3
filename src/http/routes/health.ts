import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Clock } from '../../clock.ts';

export interface HealthOptions {
  readonly clock: Clock;
  /** Whether Postgres answers. */
  readonly databaseAnswers: () => Promise<boolean>;
  readonly cacheAvailable: () => boolean;
}

const TIMESTAMP = { timestamp: Type.String({ format: 'date-time' }) };
const Health = Type.Object({
  status: Type.Enum(['healthy', 'degraded', 'unhealthy'], { description: 'Degraded: without its cache' }),
  ...TIMESTAMP,
  services: Type.Object({
    database: Type.Enum(['healthy', 'unhealthy']),
    cache: Type.Enum(['healthy', 'unavailable']),
  }),
});
const Live = Type.Object({ status: Type.Literal('live'), ...TIMESTAMP });
const Ready = Type.Object({ status: Type.Enum(['ready', 'not_ready']), ...TIMESTAMP });
const ABOUT = { tags: ['Process'] };

/** For whoever runs it. Public, and says nothing that would help anybody else. */
export function healthRoutes({
  clock,
  databaseAnswers,
  cacheAvailable,
}: HealthOptions): FastifyPluginAsyncTypebox {
  const timestamp = () => new Date(clock.now()).toISOString();

  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    app.get(
      '/health',
      {
        schema: {
          ...ABOUT,
          summary: 'How it is; 503 only without the database',
          response: { 200: Health, 503: Health },
        },
      },
      async (_request, reply) => {
        const database = await databaseAnswers();
        const cache = cacheAvailable();
        const services = {
          database: database ? 'healthy' : 'unhealthy',
          cache: cache ? 'healthy' : 'unavailable',
        } as const;
        const status = database ? (cache ? 'healthy' : 'degraded') : 'unhealthy';
        return reply.code(database ? 200 : 503).send({ status, timestamp: timestamp(), services });
      },
    );

    app.get(
      '/health/live',
      { schema: { ...ABOUT, summary: 'Whether the process answers', response: { 200: Live } } },
      async () => ({ status: 'live' as const, timestamp: timestamp() }),
    );

    app.get(
      '/health/ready',
      {
        schema: {
          ...ABOUT,
          summary: 'Whether it should get requests',
          response: { 200: Ready, 503: Ready },
        },
      },
      async (_request, reply) => {
        const ready = await databaseAnswers();
        return reply
          .code(ready ? 200 : 503)
          .send({ status: ready ? 'ready' : 'not_ready', timestamp: timestamp() });
      },
    );
  };
}
