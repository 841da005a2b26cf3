import { expect, test } from 'vitest';
import { cacheOperations } from '../../src/insight/health/metrics/redis/operations.ts';
import { publicReason } from '../../src/redis/reason.ts';

test.each([
  ['connect ECONNREFUSED 10.0.0.5:6379', 'connect ECONNREFUSED'],
  ['connect ECONNREFUSED /run/redis/redis.sock', 'connect ECONNREFUSED'],
  ['getaddrinfo ENOTFOUND redis.internal', 'getaddrinfo ENOTFOUND'],
  ['read ECONNRESET', 'read ECONNRESET'],
  [
    'OOM command not allowed when used memory > maxmemory.',
    'OOM command not allowed when used memory > maxmemory.',
  ],
  ['No answer within 40 ms', 'No answer within 40 ms'],
])('of %j those who ask over HTTP are told %j', (reason, told) => {
  expect(publicReason(reason)).toBe(told);
});

test('no metric of the cache’s health names the host of Redis', () => {
  const reason = 'connect ECONNREFUSED 10.0.0.5:6379';
  const { message } = cacheOperations({ write: reason, read: reason, delete: reason });
  expect(message).toBe('Redis can neither be written, read nor deleted from: connect ECONNREFUSED');
});
