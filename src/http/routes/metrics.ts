import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Metrics } from '../../insight/metrics/metrics.ts';
import type { Access } from '../access/access.ts';
import type { SignedIn } from '../access/identity.ts';
import { SECURITY } from '../plugins/openapi.ts';
import { problems } from '../wire/common.ts';

export interface MetricsRouteOptions {
  readonly metrics: Pick<Metrics, 'render' | 'contentType'>;
  /** Whoever sends this as a bearer token need not be signed in; undefined: administrators only. */
  readonly token: string | undefined;
  readonly signedIn: SignedIn;
  readonly access: Access;
}

/** For Prometheus. With the token it answers also while Postgres is away. */
export function metricsRoutes(options: MetricsRouteOptions): FastifyPluginAsyncTypebox {
  const { metrics, token, signedIn, access } = options;
  const isToken = createComparison(token);

  return async (app) => {
    app.get(
      '/metrics',
      {
        config: { limit: 'metrics' },
        async onRequest(request, reply) {
          if (isToken(request.headers.authorization)) return;
          await signedIn(request, reply);
          await access.adminAnywhere(request);
        },
        schema: {
          tags: ['Process'],
          security: SECURITY,
          summary: 'Metrics of this server for Prometheus',
          description: 'For administrators, or whoever sends METRICS_TOKEN as a bearer token.',
          response: {
            200: {
              description: 'The text format of Prometheus',
              content: { 'text/plain': { schema: Type.String() } },
            },
            ...problems(401, 403, 429, 503),
          },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'private, no-store').type(metrics.contentType);
        return metrics.render();
      },
    );
  };
}

/** Compares hashes, which takes as long whatever is sent. */
function createComparison(token: string | undefined): (header: string | undefined) => boolean {
  if (token === undefined) return () => false;
  const expected = hashOf(token);
  return (header) => {
    const sent = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
    return sent !== undefined && timingSafeEqual(hashOf(sent), expected);
  };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
