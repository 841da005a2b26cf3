/**
 * All that two writers and two readers on two instances may do, by the decisions of production. Of 2,715,497 states
 * CI visits the nearest 150,000. To see them all, which takes a minute or two:
 *
 *     MODEL_STATES=3000000 npx vitest run test/freshness/exploration
 */
import { expect, test } from 'vitest';
import { explored, PATIENCE_MS } from './explored.ts';
import { createModel } from './protocol/model.ts';
import { PRODUCTION } from './protocol/rules.ts';

test(
  'two readers and two writers on two instances never meet a stale answer, or a cache that goes back',
  () => {
    expect(explored('Two readers', createModel(PRODUCTION)).violation).toBeUndefined();
  },
  PATIENCE_MS,
);

test('nor does one reader, whatever happens', () => {
  const { violation, isExhaustive } = explored('One reader', createModel(PRODUCTION, 1));
  expect(violation).toBeUndefined();
  expect(isExhaustive).toBe(true);
});
