import { describe, expect, it } from 'vitest';
import { worstOfNodes } from '../../../src/cli/doctor/finding.ts';
import { judgeRedis } from '../../../src/cli/doctor/redis/judge.ts';
import type { RedisFacts } from '../../../src/cli/doctor/redis/measure.ts';
import { parseRedisUrl, type RedisAddress } from '../../../src/redis/address.ts';
import { of, those, withoutFix } from './verdicts.ts';

const WELL: RedisFacts = {
  software: 'Redis',
  version: '7.0.15',
  mode: 'standalone',
  maxMemory: 512e6,
  usedMemory: 120e6,
  policy: 'allkeys-lru',
  clients: 12,
  maxClients: 10_000,
  evictedKeys: 5,
  expiredKeys: 12_000,
  writeRefusal: undefined,
  clusterState: undefined,
  latencyMs: 0.2,
};

function address(url: string): RedisAddress {
  const parsed = parseRedisUrl(url);
  if (parsed === undefined) throw new Error(url);
  return parsed;
}

const ONE = address('redis://127.0.0.1');

describe('a Redis', () => {
  it('that is well has nothing to be fixed', () => {
    const judgements = judgeRedis(WELL, ONE);
    expect(those('ok', judgements)).toHaveLength(judgements.length);
  });

  it.each<[string, string, 'warning' | 'problem', Partial<RedisFacts>, RegExp]>([
    ['is a Sentinel', 'kind', 'problem', { mode: 'sentinel' }, /Sentinel/],
    [
      'is a node of a Cluster',
      'kind',
      'problem',
      { mode: 'cluster', clusterState: 'ok' },
      /one node of a Cluster/,
    ],
    ['is too old', 'version', 'problem', { version: '6.0.16' }, /older than 6\.2/],
    ['is a replica', 'writes', 'problem', { writeRefusal: "READONLY You can't write" }, /replica/],
    ['is full', 'writes', 'problem', { writeRefusal: 'OOM command not allowed' }, /full/],
    [
      'does not allow scripts',
      'writes',
      'problem',
      { writeRefusal: "NOPERM this user has no permissions to run the 'eval' command" },
      /may not/,
    ],
    [
      'has fewer databases',
      'writes',
      'problem',
      { writeRefusal: 'ERR DB index is out of range' },
      /no database/,
    ],
    [
      'refuses for another reason',
      'writes',
      'problem',
      { writeRefusal: 'MISCONF Redis is configured to save' },
      /MISCONF/,
    ],
    ['has no limit', 'memory', 'warning', { maxMemory: 0 }, /no limit/],
    ['will refuse writes', 'memory', 'warning', { policy: 'noeviction' }, /will refuse/],
    [
      'is about to refuse writes',
      'memory',
      'problem',
      { policy: 'noeviction', usedMemory: 500e6 },
      /refuses writes when/,
    ],
    ['is too small', 'evictions', 'warning', { evictedKeys: 40_000 }, /40,000 keys/],
    ['is crowded', 'clients', 'warning', { clients: 9_000 }, /9,000 of 10,000/],
    ['is far away', 'latency', 'warning', { latencyMs: 8 }, /8\.0 ms/],
    ['is too far away', 'latency', 'problem', { latencyMs: 80 }, /no more than 50 ms/],
  ])('that %s is told so', (_, check, verdict, facts, message) => {
    const judgements = judgeRedis({ ...WELL, ...facts }, ONE);
    expect(of(check, judgements)).toMatchObject({ verdict, message: expect.stringMatching(message) });
    expect(those('ok', judgements)).toHaveLength(judgements.length - 1);
    expect(withoutFix(judgements)).toEqual([]);
  });

  it('that is a Valkey is not measured by the versions of Redis', () => {
    const valkey = { ...WELL, software: 'Valkey', version: '8.1.0', maxClients: undefined };
    expect(of('version', judgeRedis(valkey, ONE))).toMatchObject({ verdict: 'ok', message: 'Valkey 8.1.0.' });
  });

  it('that is a Cluster with holes says so', () => {
    const cluster = address('redis+cluster://127.0.0.1:7000');
    const facts = { ...WELL, mode: 'cluster' };
    expect(of('kind', judgeRedis({ ...facts, clusterState: 'fail' }, cluster)).verdict).toBe('problem');
    expect(of('kind', judgeRedis({ ...facts, clusterState: 'ok' }, cluster)).verdict).toBe('ok');
  });
});

describe('the nodes of a Cluster', () => {
  it('are judged by the worst of them, which is named', () => {
    const cluster = address('redis+cluster://127.0.0.1:7000');
    const facts = { ...WELL, mode: 'cluster', clusterState: 'ok' };
    const nodes = new Map([
      ['10.0.0.1:7000', judgeRedis(facts, cluster)],
      ['10.0.0.2:7000', judgeRedis({ ...facts, latencyMs: 80 }, cluster)],
      ['10.0.0.3:7000', judgeRedis({ ...facts, latencyMs: 8 }, cluster)],
    ]);
    const judgements = worstOfNodes(nodes);
    expect(those('problem', judgements)).toEqual(['latency']);
    expect(of('latency', judgements).message).toMatch(/^10\.0\.0\.2:7000: /);
    expect(judgements).toHaveLength(judgeRedis(WELL, ONE).length);
  });
});
