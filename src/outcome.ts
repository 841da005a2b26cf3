/** Why something was refused: stable codes for programs, the same as on the wire. */
export type FaultCode =
  | 'validation_failed'
  | 'unknown_service'
  | 'unknown_timezone'
  | 'outside_hours'
  | 'notice_too_short'
  | 'too_far_ahead'
  | 'nonexistent_local_time'
  | 'forbidden'
  | 'not_found'
  | 'slot_taken'
  | 'already_cancelled'
  | 'too_late_to_cancel'
  | 'version_conflict'
  | 'rate_limited';

export interface Fault {
  readonly code: FaultCode;
  /** The input that was at fault, where one was: its name, or its path (`items/3/service`). */
  readonly field?: string;
  /** A sentence that says what to do. */
  readonly detail: string;
  /** Seconds after which it may succeed. */
  readonly retryAfter?: number;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly [Fault, ...Fault[]];
}

/** Expected outcomes are values; only faults of the machinery (Postgres away) are thrown. */
export type Outcome<T> = { readonly kind: 'ok'; readonly value: T } | Refusal;

export function ok<T>(value: T): Outcome<T> {
  return { kind: 'ok', value };
}

export function refuse(fault: Fault, ...more: Fault[]): Refusal {
  return { kind: 'refused', faults: [fault, ...more] };
}

/** The collected faults as a refusal; undefined when there are none. */
export function refusalOf(faults: readonly Fault[]): Refusal | undefined {
  const [first, ...more] = faults;
  return first && refuse(first, ...more);
}

export const NO_SHOP: Fault = { code: 'not_found', field: 'shop', detail: 'There is no such shop.' };
