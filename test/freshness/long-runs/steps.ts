import fc from 'fast-check';
import { HOURS, TTL } from '../../availability/world.ts';
import { FAULTS, type Fault } from './faulty-store.ts';

export const DAYS = ['2026-11-23', '2026-11-24'];

export type Step =
  /** To a day, or to the barber's hours. Whoever is not told died after COMMIT. */
  | { readonly kind: 'write'; readonly by: number; readonly day: string; readonly told: boolean }
  /** A notification arrives: late, twice, in any order, or never. */
  | { readonly kind: 'notify'; readonly who: number; readonly nth: number }
  /** A poll is taken in that saw all but the last so many writes. */
  | { readonly kind: 'poll'; readonly who: number; readonly unseen: number }
  | { readonly kind: 'follow'; readonly who: number; readonly following: boolean }
  | { readonly kind: 'read'; readonly who: number; readonly days: readonly string[]; readonly exact: boolean }
  | { readonly kind: 'readHours'; readonly who: number; readonly exact: boolean }
  | { readonly kind: 'pass'; readonly ms: number }
  /** The oldest load, look and command that hang go on. */
  | { readonly kind: 'goOn' }
  | { readonly kind: 'lose' | 'loseClaims' }
  | { readonly kind: 'restore'; readonly nth: number }
  /** A process that claimed it has died. */
  | { readonly kind: 'leaveClaim'; readonly day: string }
  | { readonly kind: 'fail'; readonly fault: Fault; readonly times: number };

const who = fc.nat(1);
const anyDay = fc.constantFrom(...DAYS, HOURS);

function of<K extends Step['kind'], R>(kind: K, rest: { [P in keyof R]: fc.Arbitrary<R[P]> }) {
  return fc.record<R>(rest).map((drawn) => ({ kind, ...drawn }));
}

/** By how often they come. */
const STEPS: readonly [weight: number, arbitrary: fc.Arbitrary<Step>][] = [
  [6, of('write', { by: who, day: anyDay, told: fc.boolean() })],
  [3, of('notify', { who, nth: fc.nat(20) })],
  [2, of('poll', { who, unseen: fc.nat(3) })],
  [1, of('follow', { who, following: fc.boolean() })],
  [8, of('read', { who, days: fc.subarray(DAYS, { minLength: 1 }), exact: fc.boolean() })],
  [3, of('readHours', { who, exact: fc.boolean() })],
  [2, of('pass', { ms: fc.constantFrom(10, 1_000, 2_000, TTL) })],
  [8, fc.constant({ kind: 'goOn' })],
  [1, fc.constant({ kind: 'lose' })],
  [1, fc.constant({ kind: 'loseClaims' })],
  [2, of('restore', { nth: fc.nat(20) })],
  [1, of('leaveClaim', { day: anyDay })],
  [3, of('fail', { fault: fc.constantFrom(...FAULTS), times: fc.integer({ min: 1, max: 4 }) })],
];

export const step: fc.Arbitrary<Step> = fc.oneof(
  ...STEPS.map(([weight, arbitrary]) => ({ weight, arbitrary })),
);
