/** A repeatable stream of chance: the same seed and stream number give the same draws on every machine. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** A copy in random order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** Xorshift, 32 bits, with the shifts 13, 17, 5: G. Marsaglia, "Xorshift RNGs", J. Stat. Software 8 (14), 2003. */
export function createRandom(seed: number, stream = 0): Random {
  // Neighbouring seeds must not begin alike: both are spread over all bits first. The state must not be 0.
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca77) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let discarded = 0; discarded < 8; discarded++) next();

  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
    shuffled(list) {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = below(last + 1);
        const moved = copy[last] as (typeof copy)[number];
        copy[last] = copy[other] as (typeof copy)[number];
        copy[other] = moved;
      }
      return copy;
    },
  };
}
