import type { Fault, FaultField, Outcome } from '../booking/types.ts';
import { ProblemError, problemOf, type WireFault } from './problem.ts';

/** How a route calls what the service calls otherwise. */
export type FieldNames = Partial<Record<FaultField, string>>;

const NAMES: Record<FaultField, string> = {
  date: 'date',
  from: 'from',
  to: 'to',
  time: 'time',
  start: 'start',
  timezone: 'timezone',
  service: 'service',
  barberId: 'barber_id',
  shop: 'shop',
  bookingId: 'id',
  notes: 'notes',
  version: 'If-Match',
};

/** The value of an outcome; a refusal becomes the problem that says why. */
export function unwrap<T>(outcome: Outcome<T>, names: FieldNames = {}): T {
  if (outcome.kind === 'ok') return outcome.value;
  const wire = ({ code, field, detail }: Fault): WireFault => ({
    pointer: field === undefined ? '' : `/${names[field] ?? NAMES[field]}`,
    code,
    detail,
  });
  const [first, ...more] = outcome.faults;
  throw new ProblemError(problemOf([wire(first), ...more.map(wire)]));
}
