/** Of an object or an array, without what is in it: its head, in the heap of a 64-bit V8. */
const HEAD = 24;
const WORD = 8;

/** Bytes of plain data in the process's heap, about: what is shared between values counts in each. */
export function footprintOf(value: unknown): number {
  if (typeof value === 'string') return HEAD + value.length;
  // An integer that does not fit in a word's half lies in the heap by itself.
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 0 : 2 * WORD;
  if (typeof value !== 'object' || value === null) return 0;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + WORD + footprintOf(part), HEAD);
}
