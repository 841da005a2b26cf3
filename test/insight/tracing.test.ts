import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type ContextManager,
  context,
  ROOT_CONTEXT,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import { addDays } from '../../src/calendar/time.ts';
import { traced } from '../../src/tracing.ts';
import { resultOf } from '../booking/services.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { createShop, createUser, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const DAY = addDays(new Date().toISOString().slice(0, 10), 7);

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

/** What an application has from @opentelemetry/context-async-hooks. */
function createContexts(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  return {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (within, call, self, ...args) => storage.run(within, () => call.call(self as never, ...args)),
    bind: (within, target) => (typeof target === 'function' ? storage.run(within, () => target) : target),
    enable: () => createContexts(),
    disable: () => createContexts(),
  };
}

let database: TestDatabase;
let redis: RedisServer;
let service: CachedBookingService;
let shop: TestShop;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  const { connectionString: databaseUrl, db } = database;
  service = createCachedBookingService({ databaseUrl, db, cache: { redisUrl: redis.url } });
  await service.following();
});
afterAll(async () => {
  await service.close();
  await Promise.all([database.close(), redis.stop()]);
});
beforeEach(async () => {
  shop = await createShop(database.db);
  exporter.reset();
});

const slots = () =>
  service.getAvailableSlots({ shop: shop.slug, targetDate: DAY, includeNextAvailable: false });
/** All spans of a read that has loaded: Redis is told what was loaded, load by load, after the answer. */
async function finished(): Promise<readonly ReadableSpan[]> {
  const count = (wanted: string) => exporter.getFinishedSpans().filter(({ name }) => name === wanted).length;
  while (count('freshchair.redis.put') < count('freshchair.load'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return exporter.getFinishedSpans();
}

test('without a provider there are no spans, and nothing is different', async () => {
  expect(resultOf(await slots()).read.status).toBe('miss');
  expect(exporter.getFinishedSpans()).toEqual([]);
  await expect(traced('a', {}, () => Promise.reject(new TypeError('no')))).rejects.toThrow(TypeError);
});

describe('with a provider', () => {
  beforeAll(() => {
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(createContexts());
  });
  afterAll(() => {
    trace.disable();
    context.disable();
  });

  test('a read that misses is a span with the looks into Redis and the loads in it', async () => {
    resultOf(await slots());
    const spans = await finished();
    const read = spans.find(({ name }) => name === 'freshchair.booking.getAvailableSlots');
    expect(read?.attributes).toEqual({ 'freshchair.outcome': 'ok', 'freshchair.read.status': 'miss' });
    const within = spans.filter(
      ({ parentSpanContext }) => parentSpanContext?.spanId === read?.spanContext().spanId,
    );
    const load = within.find(
      ({ name, attributes }) => name === 'freshchair.load' && attributes['freshchair.kind'] === 'days',
    );
    expect(load?.attributes).toEqual({ 'freshchair.kind': 'days', 'freshchair.values': expect.any(Number) });
    const get = within.find(({ name }) => name === 'freshchair.redis.get');
    expect(get).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'redis', 'db.operation.name': 'MGET', 'db.operation.batch.size': 1 },
    });
  });

  test('a read that hits is one span', async () => {
    await slots();
    await finished();
    exporter.reset();
    await slots();
    expect(exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'freshchair.booking.getAvailableSlots',
        { 'freshchair.outcome': 'ok', 'freshchair.read.status': 'hit' },
      ],
    ]);
  });

  test('a booking tells its outcome, and nothing of who booked', async () => {
    const userId = await createUser(database.db);
    const guest = { name: 'Ada Lovelace', email: 'ada@example.com', notes: 'behind the ears' };
    const wish = { shop: shop.slug, service: 'Haircut', bookingDate: DAY, bookingTime: '10:00' };
    await service.createGuestBooking({ ...wish, ...guest });
    await service.createBooking({ ...wish, userId });
    const spans = exporter
      .getFinishedSpans()
      .filter(({ name }) => name.startsWith('freshchair.booking.create'));
    expect(spans.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['freshchair.booking.createGuestBooking', { 'freshchair.outcome': 'ok' }],
      ['freshchair.booking.createBooking', { 'freshchair.outcome': 'slot_taken' }],
    ]);
    const all = exporter.getFinishedSpans().map(({ name, attributes, events, status }) => ({
      ...{ name, attributes, events, status },
    }));
    expect(JSON.stringify(all)).not.toMatch(/ada|lovelace|ears/i);
  });

  test('what fails says what kind of error it was, and not its message', async () => {
    await expect(traced('a', {}, () => Promise.reject(new TypeError('Ada did it')))).rejects.toThrow('Ada');
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({ attributes: { 'error.type': 'TypeError' }, status: { code: 2 } });
    expect(JSON.stringify([span?.status, span?.events])).not.toContain('Ada');
  });
});
