import { ProblemError, problemOf } from '../problem.ts';

/** No body that is taken here nests nearly as deep; recursion on 64 kB of brackets would overflow the stack. */
const DEEPEST = 64;

/** What was parsed from JSON, the same text for equal values: the names of an object are in order. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth === DEEPEST) throw tooDeep();
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

function tooDeep(): ProblemError {
  const detail = `The body nests deeper than ${DEEPEST} levels.`;
  return new ProblemError(problemOf([{ pointer: '', code: 'validation_failed', detail }]));
}
