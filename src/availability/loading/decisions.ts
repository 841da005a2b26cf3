/**
 * What a loader decides, rules 4 and 5 of the freshness protocol: whose load to join, how long to wait, and what
 * may be used of what comes. Pure, like `versions.ts`: the model in test/freshness/exploration runs this very code.
 */
import type { Loaded } from '../source.ts';
import { isOutdated, judge, type Known } from '../versions.ts';

/** What an instance knows of a target at one moment. */
export interface Standpoint {
  readonly known: Known;
  readonly isFollowing: boolean;
  /** Epoch ms of Postgres. */
  readonly now: number;
  /** The lifetime of what is judged. */
  readonly ttlMs: number;
}

/** How somebody takes part in a load. */
export interface Part {
  /** The load began after they had asked. */
  readonly isFresh: boolean;
  /** They want nothing that lay in a cache or was loaded before they asked. */
  readonly direct: boolean;
  /** Which load it is for them, from 1. */
  readonly round: number;
}

/** Nobody waits longer than this for somebody else's load (ms). */
export const PATIENCE_MS = 1_000;

/** How much longer (ms) somebody else's load is waited for that began at `startedAt`, in ms of a monotonic clock. */
export function patience(startedAt: number, now: number): number {
  return startedAt + PATIENCE_MS - now;
}

/** A load joins others that run only while they are waited for. */
export function isJoinable(startedAt: number, now: number): boolean {
  return patience(startedAt, now) > 0;
}

/** Whether to look into the shared store once more, while another process holds the claim, rather than to load. */
export function keepsLooking(startedAt: number, now: number, isFollowing: boolean): boolean {
  return isFollowing && patience(startedAt, now) > 0;
}

/** Only the first attempt goes by way of the shared store: what came of it was no use. */
export function usesSharedStore({
  pastStore,
  round,
}: {
  readonly pastStore: boolean;
  readonly round: number;
}): boolean {
  return !pastStore && round === 1;
}

/** Rule 4, of a value from any cache. */
export function isAcceptable(loaded: Loaded<unknown>, from: Standpoint): boolean {
  return from.isFollowing && judge(loaded, from.known, from.now, from.ttlMs) === 'acceptable';
}

/**
 * What was loaded for somebody else is judged. A load that began after the call may always be used, but is
 * repeated once where something is already known to have changed since.
 */
export function mayUse(loaded: Loaded<unknown>, { isFresh, direct, round }: Part, from: Standpoint): boolean {
  if (isFresh) return round > 1 || !isOutdated(loaded, from.known);
  return !direct && isAcceptable(loaded, from);
}
