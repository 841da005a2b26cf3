import { STATUS_CODES } from 'node:http';
import type { FaultCode } from '../outcome.ts';

/** The one place where a code gets its status. */
const STATUSES = {
  validation_failed: 400,
  unknown_service: 400,
  unknown_timezone: 400,
  outside_hours: 400,
  notice_too_short: 400,
  too_far_ahead: 400,
  nonexistent_local_time: 400,
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  request_timeout: 408,
  slot_taken: 409,
  already_cancelled: 409,
  too_late_to_cancel: 409,
  version_conflict: 409,
  payload_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal_error: 500,
  unavailable: 503,
} as const satisfies Record<FaultCode, number> & Record<string, number>;

export type ProblemCode = keyof typeof STATUSES;
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export interface WireFault {
  /** JSON Pointer (RFC 6901) into the body, or the name of a parameter or header behind a slash. */
  readonly pointer: string;
  readonly code: ProblemCode;
  readonly detail: string;
}

/** What a client may know of an error: RFC 9457, https://www.rfc-editor.org/rfc/rfc9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly WireFault[];
}

/** Thrown by a route to answer with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.detail);
    this.problem = problem;
    this.headers = headers;
  }
}

export function problem(code: ProblemCode, detail: string, errors?: readonly WireFault[]): Problem {
  const status = STATUSES[code];
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, code, ...(errors && { errors }) };
}

/** A single fault gives its own code, several give `validation_failed`; all are listed. */
export function problemOf(faults: readonly [WireFault, ...WireFault[]]): Problem {
  const [first, ...more] = faults;
  if (more.length === 0) return problem(first.code, first.detail, faults);
  const detail = `The request has ${faults.length} faults: ${faults.map((fault) => fault.detail).join(' ')}`;
  return problem('validation_failed', detail, faults);
}
