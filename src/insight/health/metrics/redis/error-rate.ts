import type { RedisFailure } from '../../../../redis/meter.ts';
import type { Period } from '../../../counters.ts';
import { counted, levelAbove, type Metric, metric, told } from '../../metric.ts';

const ABOUT = { name: 'error_rate', unit: '%', threshold: 1, limit: 'most' } as const;
const LEVELS = { warning: 1, critical: 5 };
/** Below, one failure is already a large part. The heartbeat alone makes 600 in five minutes. */
const FEWEST = 20;

/** The part of the commands of the last minutes that failed. */
export function errorRate({ from, to }: Period): Metric | undefined {
  if (to.redis === undefined) return undefined;
  const commands = to.redis.commands - (from.redis?.commands ?? 0);
  const failures = failuresOf({ from, to });
  const failed = failures.reduce((sum, [, count]) => sum + count, 0);
  if (commands < FEWEST)
    return metric(ABOUT, {
      value: null,
      status: 'unknown',
      message: `${counted(commands, 'command was', 'commands were')} sent to Redis in the last minutes, too few to judge by.`,
    });
  const value = (100 * failed) / commands;
  const status = levelAbove(value, LEVELS);
  const [most] = failures;
  if (status === 'healthy' || most === undefined)
    return metric(ABOUT, {
      value,
      status,
      message: `${told(value)} % of ${counted(commands, 'command')} to Redis failed in the last minutes.`,
    });
  const kinds = failures.map(([kind, count]) => `${count} ${WHAT[kind]}`).join(', ');
  return metric(ABOUT, {
    value,
    status,
    message: `${told(value)} % of ${counted(commands, 'command')} to Redis failed in the last minutes: ${kinds}.`,
    recommendation: ADVICE[most[0]],
  });
}

function failuresOf({ from, to }: Period): [RedisFailure, number][] {
  return (['timeout', 'refused', 'connection'] as const)
    .map((kind): [RedisFailure, number] => [
      kind,
      (to.redis?.failures[kind] ?? 0) - (from.redis?.failures[kind] ?? 0),
    ])
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
}

const WHAT: Readonly<Record<RedisFailure, string>> = {
  timeout: 'had no answer within 50 ms',
  refused: 'were refused',
  connection: 'met a broken connection',
};

const ADVICE: Readonly<Record<RedisFailure, string>> = {
  timeout:
    'Look for what keeps Redis or the network busy: SLOWLOG GET 10, LATENCY LATEST; nothing should run KEYS there.',
  refused:
    'The log says what Redis answered: full (maxmemory-policy), a replica (REDIS_URL), or forbidden to the user (ACL SETUSER).',
  connection:
    'Look whether Redis is being restarted or ends connections: maxclients, timeout, a firewall between.',
};
