import { describe, expect, test } from 'vitest';
import { parseRedisUrl } from '../../src/redis/address.ts';

const node = (host: string, port: number) => ({ host, port });

describe('the address of a Redis', () => {
  test.each([
    ['redis://localhost', { nodes: [node('localhost', 6379)] }],
    ['redis://redis:6380/2', { nodes: [node('redis', 6380)], db: 2 }],
    ['redis://redis:6380/', { nodes: [node('redis', 6380)] }],
    ['redis://[::1]:6380', { nodes: [node('::1', 6380)] }],
    ['valkey://10.0.0.7', { nodes: [node('10.0.0.7', 6379)] }],
    ['rediss://cache.example.com:6390', { tls: true, nodes: [node('cache.example.com', 6390)] }],
    ['valkeys://cache.example.com', { tls: true, nodes: [node('cache.example.com', 6379)] }],
    ['redis+unix:///run/my%20redis.sock?db=3', { socket: '/run/my redis.sock', nodes: [], db: 3 }],
  ])('may be that of one server: %s', (url, expected) => {
    expect(parseRedisUrl(url)).toEqual({ kind: 'single', tls: false, db: 0, ...expected });
  });

  test.each([
    ['redis://:secret@host', { password: 'secret' }],
    ['redis://me:s%40c%3Aret%2F@host', { username: 'me', password: 's@c:ret/' }],
    ['redis://me@host', { username: 'me' }],
    ['redis+cluster://me:secret@one,two', { username: 'me', password: 'secret' }],
  ])('may carry a login: %s', (url, expected) => {
    const { username, password } = parseRedisUrl(url) ?? {};
    expect({ ...(username && { username }), ...(password && { password }) }).toEqual(expected);
  });

  test('may be that of a group that Sentinels watch, who may have a login of their own', () => {
    expect(parseRedisUrl('redis+sentinel://:pw@one,two:26380,[::1]/mymaster/3')).toEqual({
      kind: 'sentinel',
      tls: false,
      nodes: [node('one', 26379), node('two', 26380), node('::1', 26379)],
      password: 'pw',
      group: 'mymaster',
      db: 3,
    });
    expect(
      parseRedisUrl('rediss+sentinel://one/shop?sentinel_username=watch&sentinel_password=p%26+w'),
    ).toMatchObject({ tls: true, group: 'shop', db: 0, sentinelUsername: 'watch', sentinelPassword: 'p&+w' });
  });

  test('may be that of a Cluster, by some of its nodes', () => {
    expect(parseRedisUrl('valkeys+cluster://one:7000,two:7001/0')).toEqual({
      kind: 'cluster',
      tls: true,
      nodes: [node('one', 7000), node('two', 7001)],
      db: 0,
    });
  });

  test.each([
    'localhost:6379',
    'http://localhost',
    'redis:/localhost',
    'redis://',
    'redis://host:0',
    'redis://host:65536',
    'redis://host:port',
    'redis://host:',
    'redis://one,two',
    'redis://host/first',
    'redis://host/0/1',
    'redis://a b',
    'redis://p%zz@host',
    'redis://::1',
    'redis+sentinel://one',
    'redis+sentinel://one/',
    'redis+sentinel://one/group/first',
    'redis+sentinel://one/group/0/1',
    'redis+cluster://one/1',
    'redis+cluster://one,,two',
    'redis+unix://host/run/redis.sock',
    'rediss+unix:///run/redis.sock',
    'redis+unix://',
    'redis+else://host',
    'redis://host#fragment',
    'redis://host?password=secret',
    'redis://host/0?db=3',
    'rediss://host?tls=false',
    'redis+sentinel://host/group?sentinelPassword=secret',
    'redis+sentinel://host/group?sentinel_password',
    'redis+unix:///run/redis.sock?db=first',
  ])('is refused where it makes no sense: %s', (url) => {
    expect(parseRedisUrl(url)).toBeUndefined();
  });
});
