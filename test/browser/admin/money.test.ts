import { expect, test } from 'vitest';
import { majorOf, minorOf } from '../../../web/admin/parts/money.ts';

test.each(['USD', 'JPY', 'KWD'])('the example of a price in %s is a price that is taken', (currency) => {
  expect(minorOf(majorOf(3_050, currency), currency)).toBe(3_050);
});

test.each([
  { typed: '35,5', currency: 'USD', amount: 3_550 },
  { typed: '1,500', currency: 'USD', amount: undefined },
  { typed: '1,500', currency: 'JPY', amount: undefined },
  { typed: '1,500', currency: 'KWD', amount: undefined },
  { typed: '1.500', currency: 'KWD', amount: 1_500 },
  { typed: '1,50', currency: 'KWD', amount: 1_500 },
])('$typed $currency is $amount minor units', ({ typed, currency, amount }) => {
  expect(minorOf(typed, currency)).toBe(amount);
});
