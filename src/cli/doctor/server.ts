import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { explain } from '../failure.ts';
import { listeningAddress } from '../server/address.ts';
import { type Judgement, ok, problem, warning } from './finding.ts';

/** What is at the address where the server listens, or would. */
export type AtAddress =
  | {
      readonly kind: 'freshchair';
      readonly status: string;
      readonly database: string;
      readonly cache: string;
    }
  | { readonly kind: 'other' }
  | { readonly kind: 'nobody'; readonly obstacle: string | undefined };

const LIMIT_MS = 3_000;

export async function lookAtAddress(config: Pick<Config, 'HOST' | 'PORT'>): Promise<AtAddress> {
  const obstacle = await tryToListen(config);
  if (obstacle !== 'in use') return { kind: 'nobody', obstacle };
  return askHealth(listeningAddress(config));
}

export function judgeAddress(found: AtAddress, config: Pick<Config, 'HOST' | 'PORT'>): Judgement {
  const place = `Port ${config.PORT} of ${config.HOST}`;
  switch (found.kind) {
    case 'nobody':
      return found.obstacle === undefined
        ? ok('address', `${place} is free: no server is running here.`)
        : problem('address', found.obstacle, 'Or: set HOST and PORT to where it may listen.');
    case 'other':
      return problem(
        'address',
        `${place} is taken by something that is no Freshchair, or hangs.`,
        'Stop it, or set PORT (0 takes any that is free).',
      );
    case 'freshchair': {
      const message = `A Freshchair answers there and calls itself ${found.status}: database ${found.database}, cache ${found.cache}.`;
      if (found.status === 'healthy') return ok('address', message);
      const fix = 'freshchair cache health says more.';
      return found.status === 'degraded'
        ? warning('address', message, fix)
        : problem('address', message, 'Look at what is said of Postgres here, and into its log.');
    }
  }
}

/** What keeps a server from listening there; nothing is kept open. */
async function tryToListen({ HOST: host, PORT: port }: Pick<Config, 'HOST' | 'PORT'>) {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    const isInUse = error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE';
    return isInUse ? 'in use' : explain(error);
  } finally {
    server.close();
  }
}

async function askHealth(address: string): Promise<AtAddress> {
  try {
    const response = await fetch(`${address}/health`, { signal: AbortSignal.timeout(LIMIT_MS) });
    const { status, services }: { status?: string; services?: { database?: string; cache?: string } } =
      JSON.parse(await response.text());
    const { database, cache } = services ?? {};
    if (status === undefined || database === undefined || cache === undefined) return { kind: 'other' };
    return { kind: 'freshchair', status, database, cache };
  } catch {
    return { kind: 'other' };
  }
}
