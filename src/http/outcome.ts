import { type Fault, NO_SHOP, type Outcome, type Refusal, refuse } from '../outcome.ts';
import { ProblemError, problemOf, type WireFault } from './problem.ts';

/** How a route calls what the service calls otherwise. */
export type FieldNames = Readonly<Record<string, string>>;

const NAMES: FieldNames = { bookingId: 'id', version: 'If-Match' };

/** The value of an outcome; a refusal becomes the problem that says why. */
export function unwrap<T>(outcome: Outcome<T>, names: FieldNames = {}): T {
  if (outcome.kind === 'ok') return outcome.value;
  throw refusalProblem(outcome, names);
}

export function refusalProblem({ faults: [first, ...more] }: Refusal, names: FieldNames = {}): ProblemError {
  const wait = first.retryAfter === undefined ? {} : { 'retry-after': String(first.retryAfter) };
  return new ProblemError(problemOf([wireFault(first, names), ...wireFaults(more, names)]), wait);
}

export function noSuchShop(): ProblemError {
  return refusalProblem(refuse(NO_SHOP));
}

export function wireFaults(faults: readonly Fault[], names: FieldNames = {}): WireFault[] {
  return faults.map((fault) => wireFault(fault, names));
}

function wireFault({ code, field, detail }: Fault, names: FieldNames): WireFault {
  const pointer = field === undefined ? '' : `/${names[field] ?? NAMES[field] ?? snakeCase(field)}`;
  return { pointer, code, detail };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
