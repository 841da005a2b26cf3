import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './server.ts';

/** Methods, and path. */
const ROUTES = [
  'POST /api/auth/sign-up/email',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/v2/shop',
  'GET /api/v2/services',
  'GET /api/v2/barbers',
  'DELETE GET /api/v2/me',
  'GET /api/v2/me/export',
  'GET POST /api/v2/admin/shops',
  'GET PATCH /api/v2/admin/shop',
  'GET POST /api/v2/admin/closures',
  'POST /api/v2/admin/closures/holidays',
  'DELETE /api/v2/admin/closures/{id}',
  'GET /api/v2/admin/holidays',
  'GET /api/v2/admin/holidays/places',
  'GET POST /api/v2/admin/services',
  'DELETE PATCH /api/v2/admin/services/{id}',
  'GET POST /api/v2/admin/barbers',
  'DELETE GET PATCH /api/v2/admin/barbers/{id}',
  'GET PUT /api/v2/admin/barbers/{id}/hours',
  'GET POST /api/v2/admin/barbers/{id}/overrides',
  'DELETE /api/v2/admin/barbers/{id}/overrides/{date}',
  'GET POST /api/v2/admin/barbers/{id}/time-off',
  'DELETE /api/v2/admin/barbers/{id}/time-off/{time_off_id}',
  'POST /api/v2/admin/barbers/{id}/invite',
  'POST /api/v2/invitations/accept',
  'GET /api/v2/admin/users',
  'PUT /api/v2/admin/users/{id}/role',
  'GET /api/v2/staff/calendar',
  'POST /api/v2/staff/bookings',
  'GET /api/v2/staff/clients',
  'GET /api/v2/cache/availability',
  'GET /api/v2/cache/stats',
  'GET /api/v2/cache/forecast',
  'GET /api/v2/cache/health',
  'GET /api/v2/cache/monitoring/trends',
  'GET /api/v2/cache/monitoring/utilization',
  'GET /api/v2/cache/monitoring/report',
  'GET /api/v2/cache/keys/summary',
  'GET /api/v2/admin/cache/health',
  'GET PUT /api/v2/cache/settings',
  'GET /api/v2/cache/advice',
  'POST /api/v2/cache/warm-up',
  'POST /api/v2/admin/cache/warm-up',
  'GET /api/v2/cache/warm-up/{id}',
  'POST /api/v2/cache/preload',
  'POST /api/v2/cache/invalidate/barber/{id}',
  'POST /api/v2/cache/invalidate/date-range',
  'POST /api/v2/cache/invalidate/all-slots',
  'POST /api/v2/cache/invalidate/business-settings',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
];
/** Under both of its names. */
const BOOKING_ROUTES = [
  'GET /available-slots',
  'GET /available-days',
  'GET /next-available',
  'POST /availability/batch',
  'POST /hold',
  'DELETE /hold/{hold_token}',
  'GET /stream',
  'POST /create',
  'POST /guest',
  'GET PATCH /{id}',
  'POST /{id}/cancel',
  'POST /{id}/complete',
  'POST /{id}/no-show',
  'GET /{id}/history',
  'GET /{id}/calendar',
  'GET /managed',
];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function document() {
  return (await server.send('GET', '/openapi.json')).json();
}

test('the document is OpenAPI 3.1 and lists every route that people call', async () => {
  const { openapi, info, paths } = await document();
  expect(openapi).toBe('3.1.0');
  expect(info).toMatchObject({ title: 'Freshchair', version: '1.2.3' });
  const operations = Object.entries<object>(paths).map(
    ([path, item]) => `${Object.keys(item).sort().join(' ').toUpperCase()} ${path}`,
  );
  const under = (prefix: string) => BOOKING_ROUTES.map((route) => route.replace(' /', ` ${prefix}/`));
  expect(operations.sort()).toEqual(
    [
      ...ROUTES,
      ...['/api/v2/bookings', '/api/v2/appointments'].flatMap((prefix) => [
        `GET ${prefix}`,
        ...under(prefix),
      ]),
    ].sort(),
  );
});

test('every operation is under a heading that says what it is about', async () => {
  const { paths, tags } = await document();
  const described = tags.map(({ name }: { name: string }) => name);
  for (const item of Object.values<object>(paths))
    for (const operation of Object.values(item)) {
      expect(described).toEqual(expect.arrayContaining(operation.tags));
      expect(operation.summary).toMatch(/\w/);
    }
});

test('errors are described once, as problem documents, and every reference leads somewhere', async () => {
  const parsed = await document();
  const text = JSON.stringify(parsed);
  const references = new Set(text.match(/"\$ref":"[^"]+"/g));
  expect([...references]).toEqual(['"$ref":"#/components/schemas/Problem"']);
  expect(parsed.components.schemas.Problem.required).toEqual(['type', 'title', 'status', 'detail', 'code']);
  const slots = parsed.paths['/api/v2/bookings/available-slots'].get;
  expect(Object.keys(slots.responses)).toEqual(['200', '304', '400', '404', '500', '503']);
  expect(slots.responses[503].content).toHaveProperty(['application/problem+json']);
});

test('only what needs an account asks for one, and the page can send the token', async () => {
  const { paths, components } = await document();
  expect(components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
  expect(paths['/api/v2/bookings/create'].post.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
  expect(paths['/api/v2/bookings/available-slots'].get).not.toHaveProperty('security');
});

test('the page at /docs loads the document and its own scripts from here', async () => {
  const page = await server.send('GET', '/docs/');
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources) {
    const answer = await server.send('GET', new URL(source, 'http://localhost/docs/').pathname);
    expect(answer.statusCode).toBe(200);
  }
});

test('the page’s examples are for tomorrow, whenever it is opened', async () => {
  const slots = async () => {
    const { paths } = (await server.send('GET', '/docs/json')).json();
    return paths['/api/v2/bookings/available-slots'].get.parameters[0];
  };
  expect(await slots()).toMatchObject({ name: 'target_date', example: '2026-11-24' });
  server.clock.set('2027-05-31T12:00:00Z');
  expect(await slots()).toMatchObject({ name: 'target_date', example: '2027-06-01' });
});
