import { expect, test } from 'vitest';
import { type HeldRole, roleAt } from '../../../src/auth/roles/roles.ts';

const at = (shopId: number | null, role: HeldRole['role']): HeldRole => ({ shopId, shop: null, role });

test.each<[string, HeldRole[], string]>([
  ['without any role', [], 'client'],
  ['barber at this shop', [at(1, 'barber')], 'barber'],
  ['administrator of this shop', [at(1, 'admin')], 'admin'],
  ['administrator of another shop', [at(2, 'admin')], 'client'],
  ['administrator of all shops', [at(null, 'admin')], 'admin'],
  ['barber here and administrator of all', [at(null, 'admin'), at(1, 'barber')], 'admin'],
  ['barber here and administrator elsewhere', [at(1, 'barber'), at(2, 'admin')], 'barber'],
])('an account that is %s counts as such here', (_what, held, role) => {
  expect(roleAt(1, held)).toBe(role);
});
