import { Ajv, type ErrorObject, type Options } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { WireFault } from './problem.ts';

const OPTIONS: Options = { allErrors: true, removeAdditional: false, useDefaults: true };
/** Said in the OpenAPI document; judged by the booking service, which then lists every fault at once. */
const ANNOTATIONS = { date: true, 'date-time': true, email: true, password: true } as const;

/** Bodies are taken as they are; parameters and headers come as text and become what the schema says. */
export function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const bodies = new Ajv({ ...OPTIONS, formats: ANNOTATIONS });
  const texts = new Ajv({ ...OPTIONS, formats: ANNOTATIONS, coerceTypes: true });
  return ({ schema, httpPart }) => (httpPart === 'body' ? bodies : texts).compile(schema);
}

/** What Fastify hands on of Ajv's errors. */
type SchemaFault = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'message'>;

/** Every fault that the schema found, each at its field. */
export function schemaFaults(errors: readonly SchemaFault[]): WireFault[] {
  const faults = errors.filter(({ keyword }) => !COMPOUND.has(keyword)).map(schemaFault);
  return faults.filter(({ pointer }, i) => faults.findIndex((other) => other.pointer === pointer) === i);
}

/** Their parts are faults of their own. */
const COMPOUND = new Set(['anyOf', 'oneOf', 'allOf', 'if']);

function schemaFault({ keyword, instancePath, params, message }: SchemaFault): WireFault {
  const field = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  const pointer = typeof field === 'string' ? `${instancePath}/${escapePointer(field)}` : instancePath;
  return { pointer, code: 'validation_failed', detail: sentence(pointer, keyword, params, message) };
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
  if (keyword === 'type') return `${name} must be of type ${String(params.type)}.`;
  return `${name} ${message}.`;
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}
