import { decimalsOf } from '../../../src/currency.ts';

/** Prices as people write them, in major units: `30.50` is 3050 minor units of a currency with two decimals. */

export function majorOf(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const fixed = (minor / 10 ** decimals).toFixed(decimals);
  return fixed.replace(/\.0+$/, '');
}

/**
 * Minor units; undefined where the text is no price of the currency. A comma is a point to many, and to others it
 * stands before thousands: `1,500` of a currency with three decimals could be either, and is refused.
 */
export function minorOf(text: string, currency: string): number | undefined {
  const decimals = decimalsOf(currency);
  const parts = /^(\d{1,9})(?:([.,])(\d+))?$/.exec(text.trim());
  const fraction = parts?.[3] ?? '';
  if (parts === null || fraction.length > decimals) return undefined;
  if (parts[2] === ',' && fraction.length === 3) return undefined;
  return Number(`${parts[1]}${fraction.padEnd(decimals, '0')}`);
}
