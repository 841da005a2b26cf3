import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

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

/**
 * The same for every answer, so they are worked out once: helmet would put them together anew for each request, which
 * took a tenth of the CPU of a small one. Other hosts of the domain are none of our business.
 */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  const headers = await headersOf({
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
        styleSrc: ["'self'"],
      },
    },
  });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

/** What helmet sets with these options. */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const app = Fastify();
  await app.register(helmet, options);
  app.get('/', (_request, reply) => reply.raw.getHeaders());
  const answer = await app.inject('/');
  await app.close();
  return answer.json();
}
