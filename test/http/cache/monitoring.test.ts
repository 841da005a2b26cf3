import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRedis, type RedisConnection } from '../../../src/redis/redis.ts';
import { METRICS } from '../../insight/scene.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop } from '../../support/shop.ts';
import { until } from '../../support/waiting.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

const HEALTH = ['/api/v2/cache/health', '/api/v2/admin/cache/health'] as const;

let redisServer: RedisServer;
let redis: RedisConnection;
let server: TestServer;
let token: string;

beforeAll(async () => {
  redisServer = await startRedisServer();
  redis = openRedis({ url: redisServer.url, log: { info: () => {}, warn: () => {} } });
  await redis.tried();
  server = await startTestServer({ redis });
  const shop = await createShop(server.database.db);
  token = await appoint(server, { shop: shop.id, role: 'admin' });
});
afterAll(async () => {
  await server.close();
  await redis.close();
  await redisServer.stop();
});

const get = (url: string) => server.send('GET', url, { token });

/** The first answer that says so: on a busy machine the feed may lose sight for a moment. */
async function whenHealthy(url: string) {
  let answer = await get(url);
  await until(async () => {
    // What was before, such as the start, does not matter.
    server.monitoring.start();
    answer = await get(url);
    return answer.json().status === 'healthy';
  });
  return answer;
}

test.each(HEALTH)('%s tells an administrator how the cache is, and keeps that to him', async (url) => {
  const answer = await whenHealthy(url);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  const { metrics, ...rest } = answer.json();
  expect(rest).toEqual({
    status: 'healthy',
    timestamp: new Date(server.clock.now()).toISOString(),
    duration_ms: expect.any(Number),
    instance: 'test',
    summary: expect.stringMatching(/^All is well with the cache/),
    recommendations: [],
  });
  expect(metrics.map(({ name }: { name: string }) => name)).toEqual(METRICS);
  expect(metrics[0]).toEqual({
    name: 'availability',
    value: expect.any(Number),
    unit: '%',
    status: 'healthy',
    threshold: 99.9,
    limit: 'least',
    message: 'The cache could be used all the time.',
  });
});

describe('trends', () => {
  test('are of the last 24 hours unless somebody asks for others', async () => {
    expect((await get('/api/v2/cache/monitoring/trends')).json()).toMatchObject({
      period_hours: 24,
      total_checks: 0,
      average_response_time_ms: null,
      uptime_percentage: null,
      latest_check: null,
      points: [],
      resolution_minutes: 5,
    });
    await redis.run((client) => client.ping());
    expect(await server.monitoring.recordCheck()).toBe(true);
    const trends = (await get('/api/v2/cache/monitoring/trends?hours=168')).json();
    expect(trends).toMatchObject({
      period_hours: 168,
      total_checks: 1,
      average_response_time_ms: expect.any(Number),
      uptime_percentage: expect.any(Number),
      latest_check: { instance: 'test', response_time_ms: expect.any(Number) },
      instances: ['test'],
      resolution_minutes: 60,
    });
    const { status } = trends.latest_check;
    expect(trends.status_distribution[status]).toBe(1);
    expect(trends.points).toMatchObject([
      { checks: 1, status, hit_rate: null, hit_ms: { p50: null, p99: null }, error_rate: expect.any(Number) },
    ]);
  });

  test.each(['0', '169', '1.5', 'a', ''])('hours=%s is refused', async (hours) => {
    const answer = await get(`/api/v2/cache/monitoring/trends?hours=${hours}`);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'validation_failed']);
  });
});

test('utilization has every metric against its threshold', async () => {
  const { metrics } = (await get('/api/v2/cache/monitoring/utilization')).json();
  expect(metrics.map(({ name }: { name: string }) => name)).toEqual(METRICS);
  expect(metrics.find(({ name }: { name: string }) => name === 'memory_usage_mb')).toMatchObject({
    threshold: 512,
    limit: 'most',
    unit: 'MB',
    status: 'healthy',
  });
});

test('the summary of the keys has each kind with its size and what ends it', async () => {
  const summary = (await get('/api/v2/cache/keys/summary')).json();
  expect(summary).toMatchObject({ place: 'redis', estimated: false, timestamp: expect.any(String) });
  expect(summary.kinds.map(({ kind }: { kind: string }) => kind)).toEqual([
    'day',
    'schedule',
    'rules',
    'claim',
    'limit',
    'heartbeat',
    'probe',
  ]);
  expect(summary.kinds[0]).toMatchObject({ lifetime_seconds: 300, keys: 0, bytes: 0, average_bytes: null });
});

test('the report has everything in one document', async () => {
  const report = (await get('/api/v2/cache/monitoring/report')).json();
  expect(Object.keys(report).sort()).toEqual([
    'advice',
    'health',
    'keys',
    'stats',
    'timestamp',
    'trends',
    'utilization',
  ]);
  expect(report.stats).toMatchObject({
    cache_available: true,
    cache_stats: { hit_rate: null, hits: 0, misses: 0 },
  });
});

test('with Redis gone the answer is there at once: critical, and what to do', async () => {
  await redisServer.kill();
  await until(() => !redis.isAvailable());
  const { status, recommendations, duration_ms } = (await get(HEALTH[0])).json();
  expect(status).toBe('critical');
  expect(recommendations[0]).toMatch(/^See that Redis runs/);
  expect(duration_ms).toBeLessThan(50);
  expect((await get('/api/v2/cache/keys/summary')).json()).toMatchObject({ place: 'process' });
  await redisServer.restart();
});
