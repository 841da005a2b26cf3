import { expect, test } from 'vitest';
import { createAdmission } from '../../../src/http/stream/admission.ts';

test('a visitor has so many places, and everybody together so many', () => {
  const admission = createAdmission({ total: 4, perVisitor: 2 });
  const [first, second] = [admission.enter('ada'), admission.enter('ada')];
  expect([first, second]).not.toContain(undefined);
  expect(admission.enter('ada')).toBeUndefined();
  expect(admission.enter('ben')).toBeDefined();
  expect(admission.enter('cleo')).toBeDefined();
  expect(admission.enter('dora')).toBeUndefined();
  expect(admission.open).toBe(4);

  second?.();
  expect(admission.enter('dora')).toBeDefined();
  first?.();
  expect(admission.enter('ada')).toBeDefined();
  expect(admission.enter('ada')).toBeUndefined();
  expect(admission.open).toBe(4);
});
