import { hostname } from 'node:os';
import type { LightMyRequestResponse } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ProblemSchema } from '../../../src/http/wire/common.ts';

const Strict = Type.Object(ProblemSchema.properties, { additionalProperties: false });
/** What only the server knows, and what only its machinery would say. */
const LEAKS = [
  /\n\s+at /,
  /node_modules|\/src\/|\.ts:\d/,
  /syntax error at|violates |duplicate key|invalid input syntax|relation "|column "|out of range for type/i,
  /ECONN|ENOENT|postgres:\/\//,
  /TypeError|ReferenceError|RangeError|is not a function|undefined \(reading/,
];

/** What is wrong with an answer, whatever was asked; it may be nothing. */
export function faultsOf(url: string, { statusCode, headers, body }: LightMyRequestResponse): string[] {
  const faults: string[] = [];
  const expect = (holds: boolean, what: string) => holds || faults.push(what);
  expect(statusCode < 500, `status ${statusCode}`);
  expect(headers['x-cache-status'] === 'available', 'no X-Cache-Status');
  expect(/^\d+\.\d\d$/.test(String(headers['x-response-time'])), 'no X-Response-Time');
  if (statusCode < 400) return faults;

  for (const leak of LEAKS) expect(!leak.test(body), `the body tells ${leak}`);
  expect(!body.includes(hostname()), 'the body names the host');
  if (statusCode === 401 && !url.startsWith('/api/auth'))
    expect(headers['www-authenticate'] === 'Bearer', '401 without WWW-Authenticate');
  if (/^\/api\/auth(\/|$)/.test(url)) return faults;
  expect(headers['content-type'] === 'application/problem+json; charset=utf-8', `${headers['content-type']}`);
  return [...faults, ...problemFaults(statusCode, body)];
}

function problemFaults(statusCode: number, body: string): string[] {
  const problem = parsed(body);
  if (!Value.Check(Strict, problem)) return [`no problem document: ${body.slice(0, 200)}`];
  const { status, code, errors } = problem;
  const faults: string[] = [];
  if (status !== statusCode) faults.push(`the document says ${status}`);
  if (errors === undefined) return faults;
  const [first, ...more] = errors;
  const expected = more.length > 0 ? 'validation_failed' : first?.code;
  if (code !== expected) faults.push(`the code is ${code} and not ${expected}`);
  for (const { pointer } of errors) if (!/^(\/|$)/.test(pointer)) faults.push(`pointer ${pointer}`);
  const different = new Set(errors.map(({ pointer, detail }) => `${pointer} ${detail}`));
  if (different.size < errors.length) faults.push('a fault is told twice');
  return faults;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
