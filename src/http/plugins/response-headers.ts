import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface ResponseHeaders {
  /** For the few answers that Fastify gives without running hooks. */
  set(reply: FastifyReply): void;
}

/** Headers that every response carries, errors included. */
export function addResponseHeaders(app: FastifyInstance, cacheAvailable: () => boolean): ResponseHeaders {
  const set = (reply: FastifyReply) => {
    reply.header('x-cache-status', cacheAvailable() ? 'available' : 'unavailable');
    reply.header('x-response-time', reply.elapsedTime.toFixed(2));
  };
  app.addHook('onSend', (_request, reply, payload, done) => {
    set(reply);
    done(null, payload);
  });
  return { set };
}

/** The page at /docs styles itself inline; nothing else is loosened. Other hosts of the domain are none of our business. */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    strictTransportSecurity: { includeSubDomains: false },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
  });
}
