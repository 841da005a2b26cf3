import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { callerOf } from '../../access/caller.ts';
import { ProblemError, problem } from '../../problem.ts';
import { type CountsOptions, createCounts } from './counts.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route counts against; 429 beyond it. */
    limit?: LimitName;
  }
}

interface Limit {
  /** Of one account, else of one address (IPv6: of one /64). */
  readonly perMinute: number;
  /** Whoever signed in is not counted. */
  readonly strangersOnly?: boolean;
  /** Of this server alone, also where all servers count together. */
  readonly ofServer?: boolean;
}

/** Generous to a family or a shop behind one address, and too little to fill a shop's calendar. */
const LIMITS = {
  guest: { perMinute: 20 },
  hold: { perMinute: 30 },
  batch: { perMinute: 60 },
  stream: { perMinute: 60 },
  /** Bookings of an account, and changes of them. */
  booking: { perMinute: 120 },
  change: { perMinute: 120 },
  /** Looks through all bookings of the shop. */
  search: { perMinute: 60 },
  invitation: { perMinute: 20 },
  /** A few scrapers, every few seconds each; the same ones ask every server. */
  metrics: { perMinute: 60, ofServer: true },
  /** Writes that a manage token or a hold token is enough for. */
  token: { perMinute: 60, strangersOnly: true },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/**
 * Routes say `config: { limit: 'hold' }`; those of the same name share one count, also under another path and, where
 * there is a Redis, on other servers. It comes after the hooks of the route's plugin, so that an account is known where
 * one is asked for.
 */
export async function addRateLimits(app: FastifyInstance, options: CountsOptions): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    store: createCounts(options),
    errorResponseBuilder: (_request, { max }) =>
      new ProblemError(problem('rate_limited', `This can be done ${max} times a minute. Wait a little.`)),
  });
  const hooks = new Map<LimitName, onRequestAsyncHookHandler>();
  app.addHook('onRoute', (route) => {
    const name = route.config?.limit;
    if (name === undefined) return;
    const hook = hooks.get(name) ?? createHook(app, name);
    hooks.set(name, hook);
    route.onRequest = [...[route.onRequest ?? []].flat(), hook];
  });
}

function createHook(app: FastifyInstance, name: LimitName): onRequestAsyncHookHandler {
  const { perMinute, strangersOnly = false, ofServer = false }: Limit = LIMITS[name];
  const counted = ofServer ? `${name} ${randomUUID()}` : name;
  const count = app.rateLimit({
    max: perMinute,
    keyGenerator: (request) => `${counted} ${callerOf(request)}`,
  });
  return async function (request, reply) {
    if (strangersOnly && request.account !== null) return;
    return count.call(this, request, reply);
  };
}
