import { Ajv, type ErrorObject, type Options } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { FastifyValidationResult } from 'fastify/types/schema.js';
import { isDate, isTime, isTimeZone, parseInstant } from '../calendar/time.ts';
import { isCurrency, isFilled, isSlug } from '../shop/names.ts';
import { isTimeOrEnd } from '../shop/week.ts';
import type { WireFault } from './problem.ts';

const OPTIONS: Options = { allErrors: true, removeAdditional: false, useDefaults: true };
/**
 * What the services judge by themselves, so that they can list these faults beside those that only
 * they can find. Where a request does not get as far, the schema lists them.
 */
const JUDGED = {
  date: { holds: isDate, sentence: 'is not a date. Use YYYY-MM-DD, and a day that exists' },
  'hour-minute': { holds: isTime, sentence: 'is not a time. Use HH:MM, from 00:00 to 23:59' },
  'end-time': { holds: isTimeOrEnd, sentence: 'is not a time. Use HH:MM, from 00:00 to 24:00' },
  filled: { holds: isFilled, sentence: 'is blank' },
  slug: { holds: isSlug, sentence: 'is not a slug. Use a-z, 0-9 and single hyphens between them' },
  currency: { holds: isCurrency, sentence: 'is not a currency. Use an ISO 4217 code such as USD' },
  'date-time': {
    holds: (text: string) => parseInstant(text) !== undefined,
    sentence: 'is not an instant. Use RFC 3339 with an offset: 2026-11-23T09:00:00-05:00',
  },
  'time-zone': {
    holds: isTimeZone,
    sentence: 'is not an IANA time zone. Use a name such as America/New_York',
  },
} as const;

const formats = Object.entries(JUDGED).map(([name, { holds }]) => [name, holds]);
const ANNOTATIONS = { email: true, password: true } as const;
const LENIENT = { ...ANNOTATIONS, ...Object.fromEntries(formats.map(([name]) => [name, true])) };
const STRICT = { ...ANNOTATIONS, ...Object.fromEntries(formats) };

/** Bodies are taken as they are; parameters and headers come as text and become what the schema says. */
export function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const bodies = validators({});
  const texts = validators({ coerceTypes: true });
  return ({ schema, httpPart }) => (httpPart === 'body' ? bodies : texts)(schema);
}

/** By what Fastify validates with: how everything that is wrong is found. */
const inspectors = new WeakMap<object, (data: unknown) => WireFault[]>();

/** Every fault of a part of a request that is not accepted as it is, with those that are judged elsewhere. */
export function inspect(validate: object | undefined, data: unknown): WireFault[] {
  return validate === undefined ? [] : (inspectors.get(validate)?.(data) ?? []);
}

/** Accepts what has the right shape; of what has not, says everything that is wrong. */
function validators(options: Options): (schema: object) => FastifyValidationResult {
  // Says only whether: what is refused is looked at again.
  const lenient = new Ajv({ ...OPTIONS, ...options, allErrors: false, formats: LENIENT });
  const strict = new Ajv({ ...OPTIONS, ...options, formats: STRICT });
  return (schema) => {
    const accepts = lenient.compile(schema);
    // Compiled when it is first needed: a start has more than a hundred of them to pay for.
    let strictly: ReturnType<Ajv['compile']> | undefined;
    const inspects = (data: unknown) => {
      strictly ??= strict.compile(schema);
      return strictly(beginning(data)) ? [] : (strictly.errors ?? []);
    };
    const validate: FastifyValidationResult = (data: unknown) => {
      if (accepts(data) && !overflows(data)) return true;
      validate.errors = inspects(data);
      return false;
    };
    inspectors.set(validate, (data) => schemaFaults(inspects(data)));
    return validate;
  };
}

/** Longer than any list may be: of one that goes on for 60 kB nobody wants to hear what is wrong with each item. */
const ENOUGH_ITEMS = 200;
const ENOUGH_FAULTS = 100;

function beginning(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const fields = Object.entries(data);
  if (!fields.some(([, value]) => Array.isArray(value) && value.length > ENOUGH_ITEMS)) return data;
  return Object.fromEntries(
    fields.map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, ENOUGH_ITEMS) : value]),
  );
}

/** Of a text like 1e309 Ajv makes a number that is none, and then forgets its limits. */
function overflows(data: unknown): boolean {
  return Object.values(Object(data)).some((value) => value === Infinity || value === -Infinity);
}

/** What Fastify hands on of Ajv's errors. */
type SchemaFault = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'message'>;

/** The faults that the schema found, each at its field; a hundred of them are enough. */
export function schemaFaults(errors: readonly SchemaFault[]): WireFault[] {
  const faults = new Map<string, WireFault>();
  for (const error of errors) {
    if (faults.size === ENOUGH_FAULTS) break;
    if (COMPOUND.has(error.keyword)) continue;
    const fault = schemaFault(error);
    if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
  }
  return [...faults.values()];
}

/** Their parts are faults of their own. */
const COMPOUND = new Set(['anyOf', 'oneOf', 'allOf', 'if']);

function schemaFault({ keyword, instancePath, params, message }: SchemaFault): WireFault {
  const field = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  const pointer = typeof field === 'string' ? `${instancePath}/${escapePointer(field)}` : instancePath;
  const code = params.format === 'time-zone' ? 'unknown_timezone' : 'validation_failed';
  return { pointer, code, detail: sentence(pointer, keyword, params, message) };
}

function sentence(
  pointer: string,
  keyword: string,
  params: SchemaFault['params'],
  message = 'is not valid',
): string {
  const name = pointer === '' ? 'The body' : `"${pointer.slice(1, 81)}"`;
  if (keyword === 'required') return `${name} is missing.`;
  if (keyword === 'additionalProperties') return `${name} is not known here.`;
  if (keyword === 'pattern') return `${name} has characters that are not allowed.`;
  if (keyword === 'enum') return `${name} must be one of ${params.allowedValues.join(', ')}.`;
  if (keyword === 'format') return `${name} ${formatSentence(params.format)}.`;
  if (keyword === 'type') return `${name} must be of type ${String(params.type)}.`;
  return `${name} ${message}.`;
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}

function formatSentence(format: unknown): string {
  return Object.entries(JUDGED).find(([name]) => name === format)?.[1].sentence ?? 'is not valid';
}
