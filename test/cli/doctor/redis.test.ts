import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRedis } from '../../../src/cli/doctor/redis/check.ts';
import { freePort } from '../../support/ports.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { of, those, withoutFix } from './verdicts.ts';

const LIMITS = ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'];

let server: RedisServer;
let admin: Redis;

beforeAll(async () => {
  server = await startRedisServer({ args: LIMITS });
  admin = new Redis(server.url);
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

describe('a real Redis', () => {
  it('that is well is in order', async () => {
    const judgements = await checkRedis(server.url);
    expect(those('problem', judgements)).toEqual([]);
    expect(of('memory', judgements).message).toContain('of 67 MB, and then evicts (allkeys-lru)');
    expect(of('version', judgements)).toMatchObject({ verdict: 'ok' });
    expect(of('writes', judgements)).toMatchObject({ verdict: 'ok' });
  });

  it('that will be full one day, and then is', async () => {
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    expect(of('memory', await checkRedis(server.url)).verdict).toBe('warning');
    await admin.config('SET', 'maxmemory', '1mb');
    const full = await checkRedis(server.url);
    expect([of('memory', full).verdict, of('writes', full).message]).toEqual([
      'problem',
      'It is full, and refuses writes.',
    ]);
    expect(withoutFix(full)).toEqual([]);
    await admin.config('SET', 'maxmemory', '0');
    expect(of('memory', await checkRedis(server.url)).message).toContain('has no limit');
    await admin.config('SET', 'maxmemory', '64mb');
  });

  it('that has no database of this number', async () => {
    expect(of('writes', await checkRedis(`${server.url}/99`)).message).toContain('has no database');
  });

  it('that lets a user read, and run no scripts', async () => {
    await admin.acl('SETUSER', 'reader', 'on', '>hunter2', '~*', '+@all', '-@scripting');
    const judgements = await checkRedis(server.url.replace('//', '//reader:hunter2@'));
    expect(of('writes', judgements)).toMatchObject({
      verdict: 'problem',
      fix: expect.stringContaining('ACL'),
    });
    expect(JSON.stringify(judgements)).not.toContain('hunter2');
  });

  it('that takes no such password', async () => {
    const judgements = await checkRedis(server.url.replace('//', '//reader:hunter3@'));
    expect(judgements).toMatchObject([{ check: 'connection', message: 'It does not let us in.' }]);
    expect(JSON.stringify(judgements)).not.toContain('hunter3');
  });

  it('that is no Cluster, though REDIS_URL says so', async () => {
    const judgements = await checkRedis(server.url.replace('redis:', 'redis+cluster:'));
    expect(judgements).toMatchObject([{ verdict: 'problem', message: 'It is no Cluster.' }]);
  });

  it('that is a replica', async () => {
    const replica = await startRedisServer({ args: ['--replicaof', '127.0.0.1', String(server.port)] });
    const judgements = await checkRedis(replica.url);
    expect(of('writes', judgements).message).toBe('It is a replica, and takes no writes.');
    await replica.stop();
  });

  it('that is a node of a Cluster', async () => {
    const node = await startRedisServer({ args: ['--cluster-enabled', 'yes'] });
    expect(of('kind', await checkRedis(node.url)).message).toContain('one node of a Cluster');
    await node.stop();
  });

  it('that is a Sentinel', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fc-doctor-'));
    const port = await freePort();
    const file = join(folder, 'sentinel.conf');
    await writeFile(file, `port ${port}\n`);
    const sentinel = await startRedisServer({ port, sentinel: { file } });
    expect(of('kind', await checkRedis(sentinel.url)).message).toMatch(/^A Sentinel answers/);
    await sentinel.stop();
    await rm(folder, { recursive: true });
  });
});

describe('a Redis that cannot be asked', () => {
  it('is one problem, and no more is said of it', async () => {
    const judgements = await checkRedis('redis://me:hunter2@127.0.0.1:1');
    expect(judgements).toMatchObject([
      { check: 'connection', verdict: 'problem', message: expect.stringMatching(/^It cannot be reached/) },
    ]);
    expect(JSON.stringify(judgements)).not.toContain('hunter2');
  });

  it('is none at all where each process has a cache of its own', async () => {
    expect(await checkRedis(undefined)).toMatchObject([{ check: 'use', verdict: 'ok' }]);
  });

  it('hangs, and is given up', async () => {
    const hung = await startRedisServer();
    hung.pause();
    expect(await checkRedis(hung.url)).toMatchObject([{ check: 'connection', verdict: 'problem' }]);
    await hung.stop();
  });
});
