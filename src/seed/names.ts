import type { Random } from './random.ts';

// biome-ignore format: a list of names reads better in lines than in a column
const BARBERS: readonly [string, ...string[]] = [
  'Ana', 'Marcus', 'Yuki', 'Omar', 'Delia', 'Theo', 'Ruben', 'Imani', 'Stellan', 'Carmen', 'Jonah', 'Priya',
  'Luca', 'Noor', 'Felix', 'Bianca', 'Andre', 'Sofia', 'Kofi', 'Elena', 'Ravi', 'Greta', 'Mateo', 'Aisha',
  'Viktor', 'Lena', 'Darnell', 'Ines', 'Tomas', 'Zara', 'Hugo', 'Mei', 'Caleb', 'Rosa', 'Emil', 'Nadia',
  'Silas', 'Amara', 'Pavel', 'Joy', 'Diego', 'Freya', 'Isaac', 'Leila', 'Bruno', 'Tessa', 'Amir', 'Vera',
  'Quinn', 'Odell', 'Mina', 'Rafael',
];

// biome-ignore format: as above
const FIRST_NAMES: readonly [string, ...string[]] = [
  'Adam', 'Alice', 'Bella', 'Ben', 'Carl', 'Clara', 'Daniel', 'Diana', 'Edward', 'Emma', 'Frank', 'Fiona',
  'George', 'Grace', 'Henry', 'Hannah', 'Ivan', 'Iris', 'Jacob', 'Julia', 'Kevin', 'Kate', 'Liam', 'Lucy',
  'Martin', 'Maria', 'Nathan', 'Nora', 'Oscar', 'Olivia', 'Peter', 'Paula', 'Ray', 'Rita', 'Samuel', 'Sarah',
  'Tom', 'Tina', 'Victor', 'Wanda',
];

// biome-ignore format: as above
const LAST_NAMES: readonly [string, ...string[]] = [
  'Abbott', 'Baker', 'Castillo', 'Dawson', 'Ellis', 'Fischer', 'Garcia', 'Harper', 'Ibrahim', 'Jensen', 'Kim',
  'Larsen', 'Morgan', 'Nguyen', 'Okafor', 'Patel', 'Quigley', 'Rossi', 'Santos', 'Turner', 'Ueda', 'Vargas',
  'Walsh', 'Xu', 'Young', 'Zimmer',
];

/** The name of a shop's n-th barber, from 0; no two of a shop are alike. */
export function barberName(n: number): string {
  const name = BARBERS[n % BARBERS.length] ?? BARBERS[0];
  const round = Math.floor(n / BARBERS.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

export interface Guest {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** A person who does not exist: example.com (RFC 2606) and 555-01xx are reserved for them. */
export function inventGuest(random: Random): Guest {
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}@example.com`.toLowerCase(),
    phone: `+1 212 555 01${String(random.below(100)).padStart(2, '0')}`,
  };
}
