import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentsOf } from '../../support/contents.ts';
import { MEGABYTE } from './nasty.ts';
import type { Attempt } from './requests.ts';
import { openScene, type Scene } from './scene.ts';
import { inject, prepare } from './send.ts';
import { validPlans } from './valid.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** A valid write by somebody who may, for every operation that writes. */
function writes(): Attempt[] {
  return scene.operations
    .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/v2/'))
    .map((operation) => {
      const [plan = { path: {}, query: {}, headers: {}, body: undefined }] = fc.sample(
        validPlans(scene.world, operation),
        { seed: 1, numRuns: 1 },
      );
      return { operation, actor: 'owner', what: 'valid', plan: { ...plan, headers: {} }, raw: {} };
    });
}

/** Every field is an object, which none of them should be. */
function withWrongFields({ operation }: Attempt): object {
  const fields = Object.keys(operation.body?.properties ?? {});
  return Object.fromEntries(fields.map((name) => [name, {}]));
}

const BROKEN: readonly (readonly [string, number, (attempt: Attempt) => Attempt])[] = [
  [
    'with an unknown field in its query',
    400,
    (attempt) => ({ ...attempt, plan: { ...attempt.plan, query: { ...attempt.plan.query, unknown: 1 } } }),
  ],
  [
    'of another type than JSON',
    415,
    (attempt) => ({ ...attempt, raw: { payload: 'a=1', contentType: 'application/x-www-form-urlencoded' } }),
  ],
  [
    'of a megabyte',
    413,
    (attempt) => ({ ...attempt, raw: { payload: JSON.stringify({ notes: MEGABYTE }) } }),
  ],
  ['cut short', 400, (attempt) => ({ ...attempt, raw: { payload: '{"service": "Hair' } })],
];

describe('a refused write changes nothing', () => {
  test.each(BROKEN)('%s: %i', async (_what, status, broken) => {
    const requests = await Promise.all(
      writes().map((attempt) => prepare(scene.world, scene.company, broken(attempt))),
    );
    const before = await contentsOf(scene.server.database.db);
    for (const request of requests) {
      const answer = await inject(scene.server, request);
      expect([request.method, request.url, answer.statusCode]).toEqual([request.method, request.url, status]);
    }
    expect(await contentsOf(scene.server.database.db)).toEqual(before);
  });

  test('with every field of its body wrong: 400, and it is told all of them', async () => {
    const bodies = writes().filter(({ operation }) => operation.body !== undefined);
    const requests = await Promise.all(
      bodies.map(async (attempt) => {
        const plan = { ...attempt.plan, body: withWrongFields(attempt) };
        return { attempt, request: await prepare(scene.world, scene.company, { ...attempt, plan }) };
      }),
    );
    const before = await contentsOf(scene.server.database.db);
    for (const { attempt, request } of requests) {
      const answer = await inject(scene.server, request);
      const { errors } = answer.json();
      const pointers = errors.map(({ pointer }: { pointer: string }) => pointer);
      const fields = Object.keys(withWrongFields(attempt)).map((name) =>
        expect.stringMatching(`^/${name}(/|$)`),
      );
      expect([attempt.operation.name, answer.statusCode]).toEqual([attempt.operation.name, 400]);
      expect(pointers).toEqual(expect.arrayContaining(fields));
    }
    expect(await contentsOf(scene.server.database.db)).toEqual(before);
  });
});
