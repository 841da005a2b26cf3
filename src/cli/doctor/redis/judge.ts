import type { RedisAddress } from '../../../redis/address.ts';
import { bytes, count, milliseconds } from '../../terminal/numbers.ts';
import { type Judgement, ok, problem, warning } from '../finding.ts';
import type { RedisFacts } from './measure.ts';

export function judgeRedis(facts: RedisFacts, address: RedisAddress): Judgement[] {
  return [
    judgeKind(facts, address),
    judgeVersion(facts),
    judgeWrites(facts),
    judgeMemory(facts),
    judgeEvictions(facts),
    judgeClients(facts),
    judgeLatency(facts),
  ];
}

function judgeKind({ mode, clusterState }: RedisFacts, { kind }: RedisAddress): Judgement {
  if (mode === 'sentinel') {
    return problem(
      'kind',
      'A Sentinel answers, which knows where the data is and keeps none.',
      'Set REDIS_URL to redis+sentinel://host:26379/group.',
    );
  }
  if (mode === 'cluster' && kind !== 'cluster') {
    return problem(
      'kind',
      'It is one node of a Cluster, and refuses most keys.',
      'Set REDIS_URL to redis+cluster://host:port,host:port.',
    );
  }
  if (clusterState !== undefined && clusterState !== 'ok') {
    return problem(
      'kind',
      `The Cluster says of itself: ${clusterState}.`,
      'redis-cli --cluster check says which slots are not served.',
    );
  }
  const names = { single: 'One server', sentinel: 'The master of a group', cluster: 'A Cluster' };
  return ok('kind', `${names[kind]}, as REDIS_URL says.`);
}

const OLDEST = [6, 2] as const;

function judgeVersion({ software, version }: RedisFacts): Judgement {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return isOld && software === 'Redis'
    ? problem('version', `Redis ${version} is older than ${OLDEST.join('.')}.`, 'Upgrade it.')
    : ok('version', `${software} ${version}.`);
}

function judgeWrites({ writeRefusal }: RedisFacts): Judgement {
  return writeRefusal === undefined
    ? ok('writes', 'It takes writes, and scripts.')
    : judgeRefusal(writeRefusal);
}

/** By what it says to a write, or to the choice of a database before it. */
export function judgeRefusal(refusal: string): Judgement {
  if (refusal.startsWith('READONLY')) {
    return problem('writes', 'It is a replica, and takes no writes.', 'Name its master in REDIS_URL.');
  }
  if (/NOPERM/.test(refusal)) {
    return problem(
      'writes',
      'This user may not do what is needed.',
      'ACL SETUSER … ~fc:* +@read +@write +@scripting +@connection +info +ping +select +cluster',
    );
  }
  if (refusal.startsWith('OOM')) {
    return problem(
      'writes',
      'It is full, and refuses writes.',
      'CONFIG SET maxmemory-policy allkeys-lru, and the same in redis.conf.',
    );
  }
  if (isWrongNumber(refusal)) {
    return problem(
      'writes',
      'It has no database of the number that REDIS_URL ends in.',
      'Name a lower number in REDIS_URL, or raise "databases" in redis.conf.',
    );
  }
  return problem('writes', `It refuses to write (${refusal}).`, 'Its log says why.');
}

export function isWrongNumber(refusal: string): boolean {
  return /DB index is out of range|invalid DB index/.test(refusal);
}

const NEARLY_FULL = 0.95;

function judgeMemory({ maxMemory, usedMemory, policy }: RedisFacts): Judgement {
  if (maxMemory === 0) {
    return warning(
      'memory',
      `It uses ${bytes(usedMemory)}, and has no limit: it may take all of its machine's.`,
      'CONFIG SET maxmemory 512mb and CONFIG SET maxmemory-policy allkeys-lru; the same in redis.conf.',
    );
  }
  const share = usedMemory / maxMemory;
  const message = `It uses ${bytes(usedMemory)} of ${bytes(maxMemory)}`;
  if (policy !== 'noeviction') return ok('memory', `${message}, and then evicts (${policy}).`);
  const fix = 'CONFIG SET maxmemory-policy allkeys-lru, and the same in redis.conf.';
  return share >= NEARLY_FULL
    ? problem('memory', `${message}, and refuses writes when it is full (noeviction).`, fix)
    : warning('memory', `${message}, and will refuse writes when it is full (noeviction).`, fix);
}

/** More than this share of what went was pushed out before its time. */
const MANY = 0.1;

function judgeEvictions({ evictedKeys, expiredKeys }: RedisFacts): Judgement {
  const message = `${count(evictedKeys)} keys were pushed out since it started, ${count(expiredKeys)} lapsed.`;
  return evictedKeys > MANY * (evictedKeys + expiredKeys)
    ? warning('evictions', message, 'Raise maxmemory, or lower CACHE_AVAILABLE_SLOTS_TTL.')
    : ok('evictions', message);
}

const CROWDED = 0.8;

function judgeClients({ clients, maxClients }: RedisFacts): Judgement {
  if (maxClients === undefined) return ok('clients', `${count(clients)} are connected.`);
  const message = `${count(clients)} of ${count(maxClients)} are connected.`;
  return clients < CROWDED * maxClients
    ? ok('clients', message)
    : warning('clients', message, 'CLIENT LIST says who they are; raise maxclients.');
}

const SLOW_MS = 5;
/** After this long readers go to Postgres instead. */
const DEADLINE_MS = 50;

function judgeLatency({ latencyMs }: RedisFacts): Judgement {
  const message = `It answers in ${milliseconds(latencyMs)} (median of 50 pings).`;
  if (latencyMs < SLOW_MS) return ok('latency', message);
  const fix = 'Run it nearer: in the same data centre. redis-cli --latency and SLOWLOG GET say more.';
  return latencyMs < DEADLINE_MS
    ? warning('latency', message, fix)
    : problem('latency', `${message} Readers wait for no more than ${DEADLINE_MS} ms.`, fix);
}
