import { join } from 'node:path';
import { measureServers } from '../servers/servers.js';

const CONNECTIONS = [16, 64];
/** Requests a round; who works out every answer gets fewer, so that a round takes no longer than with the others. */
const REQUESTS = 3_200;
const UNCACHED_REQUESTS = 320;
const ROUNDS = 15;

const PEERS = {
  ours: { what: 'Freshchair', path: '/api/v2/bookings' },
  aside: { what: 'Plain cache-aside in Redis', path: '/aside', limit: 1.3 },
  bento: { what: 'BentoCache, in memory and Redis', path: '/bento' },
  layered: { what: 'layered-loader, in memory and Redis', path: '/layered' },
  uncached: { what: 'The booking service without a cache', path: '', limit: 4, requests: UNCACHED_REQUESTS },
};

/** Requests a second for the hot day of a shop of ten, asked of peers and of Freshchair in one process. */
export async function benchThroughput(bench) {
  const { connectionString, directory, date } = await bench.world();
  const redis = await bench.redis();
  const targets = CONNECTIONS.flatMap((connections) =>
    Object.entries(PEERS).map(([peer, { path, requests = REQUESTS }]) => ({
      name: `${peer} ${connections}`,
      kind: 'freshchair',
      path: `${path}/available-slots?shop=ten&target_date=${date}`,
      requests,
      connections,
    })),
  );
  const samples = await measureServers(
    targets,
    {
      settings: {
        DATABASE_URL: connectionString,
        PORT: '0',
        RATE_LIMIT: 'off',
        ADMIN_PASSWORD: 'nobody signs in',
      },
      body: '{}',
      logFile: join(directory, 'requests.log'),
      redisUrl: redis.url,
    },
    { rounds: ROUNDS },
  );
  return CONNECTIONS.flatMap((connections) => linesOf(samples, connections));
}

function linesOf(samples, connections) {
  const of = (peer) => samples.get(`${peer} ${connections}`);
  const ours = of('ours');
  return Object.entries(PEERS).flatMap(([peer, { what, limit }]) => {
    const { walls, cpus } = of(peer);
    const name = `${what}, ${connections} connections`;
    const requests = { what: name, values: walls.map((wall) => 1e6 / wall), unit: '/s', cpus };
    if (peer === 'ours') return [requests];
    const times = walls.map((wall, round) => wall / ours.walls[round]);
    const cost = cpus.map((cpu, round) => cpu / ours.cpus[round]);
    return [
      requests,
      { what: 'Freshchair gives more by', values: times, unit: ' ×', atLeast: limit },
      { what: 'Its server takes less CPU by', values: cost, unit: ' ×' },
    ];
  });
}
