import { expect } from 'vitest';
import { contentsOf } from '../../support/contents.ts';
import type { TestServer } from '../server.ts';

export type Answer = Awaited<ReturnType<TestServer['send']>>;

/** `400 validation_failed: /date validation_failed, …`; every refusal is a problem document. */
export function told(answer: Answer): string {
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const { status, code, detail, errors = [] } = answer.json();
  expect([status, typeof detail]).toEqual([answer.statusCode, 'string']);
  const faults = errors.map((fault: { pointer: string; code: string }) => `${fault.pointer} ${fault.code}`);
  if (faults.length === 1) expect(faults[0]).toMatch(new RegExp(` ${code}$`));
  return [`${status} ${code}`, ...faults.sort()].join(', ');
}

/** Sends what is bad in turn, and compares what it is told; afterwards every table is as it was before. */
export async function refuses(
  server: TestServer,
  cases: readonly (readonly [what: string, answer: () => Promise<Answer>, told: string])[],
) {
  const before = await contentsOf(server.database.db);
  const answers: string[][] = [];
  for (const [what, ask] of cases) answers.push([what, told(await ask())]);
  expect(answers).toEqual(cases.map(([what, , expected]) => [what, expected]));
  expect(await contentsOf(server.database.db)).toEqual(before);
}
