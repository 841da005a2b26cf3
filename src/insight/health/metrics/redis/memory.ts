import { counted, levelAbove, type Metric, metric, type Status, told } from '../../metric.ts';

/** What one server says of its memory. */
export interface MemoryUse {
  readonly usedBytes: number;
  /** 0 where it has no limit. */
  readonly maxBytes: number;
  readonly policy: string;
}

const NAME = 'memory_usage_mb';
const MB = 2 ** 20;
/** Where Redis has no limit of its own. */
const USUAL_MB = 512;
const LEVELS = { warning: 80, critical: 95 };

/** How full Redis is: the fullest of its masters, because all of a shop's keys lie on one. */
export function memoryUsage(servers: readonly MemoryUse[]): Metric {
  const [fullest] = [...servers].sort((a, b) => shareOf(b) - shareOf(a));
  if (fullest === undefined) return unknownMemory('Redis does not say how much memory it uses.');
  const { usedBytes, maxBytes, policy } = fullest;
  const threshold = thresholdOf(fullest);
  const value = usedBytes / MB;
  const share = shareOf(fullest);
  const evicts = maxBytes > 0 && policy !== 'noeviction';
  const found = levelAbove(share, LEVELS);
  // One that makes room by itself goes on: what was read least is loaded once more.
  const status: Status = evicts && found === 'critical' ? 'warning' : found;
  const which = servers.length > 1 ? `The fullest of ${counted(servers.length, 'master')}` : 'Redis';
  const limit = maxBytes > 0 ? 'maxmemory' : 'our own limit, for no maxmemory is set';
  const about = { name: NAME, unit: 'MB', threshold, limit: 'most' } as const;
  return metric(about, {
    value,
    status,
    message: `${which} uses ${told(value)} MB, ${told(share)} % of ${told(threshold)} MB (${limit}); maxmemory-policy is ${policy}.`,
    ...(status !== 'healthy' && { recommendation: adviceFor(maxBytes, policy) }),
  });
}

function unknownMemory(message: string): Metric {
  const about = { name: NAME, unit: 'MB', threshold: USUAL_MB, limit: 'most' } as const;
  return metric(about, { value: null, status: 'unknown', message });
}

function adviceFor(maxBytes: number, policy: string): string {
  if (maxBytes === 0)
    return 'Set a limit and let Redis make room: CONFIG SET maxmemory 512mb and CONFIG SET maxmemory-policy allkeys-lru. GET /api/v2/cache/keys/summary says what takes the space.';
  if (policy === 'noeviction')
    return 'When it is full Redis will refuse to write: CONFIG SET maxmemory-policy allkeys-lru lets it make room, CONFIG SET maxmemory gives it more.';
  return 'Redis makes room by itself. Give it more (CONFIG SET maxmemory) if hit_rate suffers, or lower CACHE_AVAILABLE_SLOTS_TTL.';
}

const thresholdOf = ({ maxBytes }: MemoryUse) => (maxBytes > 0 ? maxBytes / MB : USUAL_MB);

function shareOf(use: MemoryUse): number {
  return (100 * use.usedBytes) / MB / thresholdOf(use);
}
