/** A repeatable stream of chance: the same seed and stream number give the same draws on every machine. */
export interface Random {
  /** From 0 up to, but not, 1. */
  share(): number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** A copy in random order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** Xorshift, 32 bits, with the shifts 13, 17, 5: G. Marsaglia, "Xorshift RNGs", J. Stat. Software 8 (14), 2003. */
export function createRandom(seed: number, stream = 0): Random {
  // Neighbouring seeds must not begin alike: both are spread over all bits first. The state must not be 0.
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca77) || 1;
  const share = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let discarded = 0; discarded < 8; discarded++) share();

  const below = (limit: number): number => Math.floor(share() * limit);
  return {
    share,
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    shuffled: (list) =>
      list
        .map((item) => ({ item, place: share() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
  };
}
