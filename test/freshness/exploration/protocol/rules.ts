import {
  isAcceptable,
  isJoinable,
  keepsLooking,
  mayUse,
  PATIENCE_MS,
  type Standpoint,
  usesSharedStore,
} from '../../../../src/availability/loading/decisions.ts';
import type { Loaded } from '../../../../src/availability/source.ts';
import { isNewer } from '../../../../src/availability/store/store.ts';
import { createKnownVersions, isEqual, type Known } from '../../../../src/availability/versions.ts';
import type { Instance, Load } from './state.ts';

/** What production decides by. A test may take something out. */
export const PRODUCTION = {
  learned,
  isAcceptable,
  isEqual,
  isJoinable,
  isNewer,
  keepsLooking,
  mayUse,
  usesSharedStore,
};
export type Rules = typeof PRODUCTION;

const VERSIONS = [0, 1, 2];
const [SHOP, BARBER, DAY] = [7, 1, '2026-11-23'];

/** What production knows after it has heard of these versions of the day, in this order. */
function knownAfter(...versions: readonly number[]): Known {
  const known = createKnownVersions();
  for (const version of versions) known.learn([{ shopId: SHOP, barberId: BARBER, day: DAY, version }], 0);
  return known.of(SHOP, BARBER, DAY);
}

/** By the version known and the one that is heard of: a million states ask for the same nine. */
const LEARNED = VERSIONS.map((known) => VERSIONS.map((heard) => knownAfter(known, heard).day));

/** The version that an instance knows which knew `known` and hears of `heard`. */
function learned(known: number, heard: number): number {
  return LEARNED[known]?.[heard] ?? Number.NaN;
}

const VALUES: readonly Loaded<undefined>[] = VERSIONS.map((day) => ({
  value: undefined,
  versions: { shop: 0, barber: 0, day },
  loadedAt: 0,
}));

/** What is loaded when this is the version in Postgres. No lifetime ends here. */
export function loadedAt(version: number): Loaded<undefined> {
  const loaded = VALUES[version];
  if (loaded === undefined) throw new RangeError(`There is no version ${version}`);
  return loaded;
}

const STANDPOINTS: readonly Standpoint[][] = [false, true].map((isFollowing) =>
  VERSIONS.map((version) => ({ known: knownAfter(version), isFollowing, now: 0, ttlMs: 1 })),
);

export function standpointOf({ known }: Instance, isFollowing: boolean): Standpoint {
  const standpoint = STANDPOINTS[Number(isFollowing)]?.[known];
  if (standpoint === undefined) throw new RangeError(`Nobody can know version ${known}`);
  return standpoint;
}

/** How long ago (ms) the load began, as far as anybody asks. */
export function ageOf({ isOld }: Load): number {
  return isOld ? PATIENCE_MS : 0;
}
