import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

type Json = { readonly [key: string]: Json | undefined } | readonly Json[] | string | number | boolean | null;
type JsonObject = { readonly [key: string]: Json | undefined };

/** Judges answers by what /openapi.json says of them: throws where a route answers what it never promised. */
export function createPromiseKeeper(app: FastifyInstance) {
  let document: JsonObject | undefined;
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  const validators = new Map<Json | undefined, ValidateFunction>();

  return (method: string, url: string, answer: LightMyRequestResponse): void => {
    document ??= JSON.parse(JSON.stringify(app.swagger())) as JsonObject;
    const operation = findOperation(document, method.toLowerCase(), url.split('?')[0] ?? '');
    if (operation === undefined) return;
    const what = `${method} ${url} ${answer.statusCode}`;
    const promised = at(operation, 'responses', String(answer.statusCode));
    if (promised === undefined) throw new Error(`${what} is not in the OpenAPI document`);
    if (answer.body === '' && at(promised, 'content') === undefined) return;
    const type = String(answer.headers['content-type']).split(';')[0] ?? '';
    const schema = at(promised, 'content', type, 'schema');
    if (schema === undefined) throw new Error(`${what} has the undocumented type ${type}`);
    let validate = validators.get(schema);
    if (validate === undefined) {
      validate = ajv.compile({ ...strict(schema, url), components: strict(document.components ?? {}, url) });
      validators.set(schema, validate);
    }
    if (!validate(type.endsWith('json') ? answer.json() : answer.body))
      throw new Error(`${what}: ${ajv.errorsText(validate.errors)} in ${answer.body}`);
  };
}

function findOperation(document: JsonObject, method: string, path: string): Json | undefined {
  const segments = path.replace(/\/$/, '').split('/');
  for (const [template, item] of Object.entries(document.paths ?? {})) {
    const parts = template.split('/');
    const fits =
      parts.length === segments.length && parts.every((p, i) => p === segments[i] || /^\{/.test(p));
    if (fits && at(item, method) !== undefined) return at(item, method);
  }
  return undefined;
}

function at(json: Json | undefined, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (here, key) =>
      typeof here === 'object' && here !== null && !Array.isArray(here)
        ? (here as JsonObject)[key]
        : undefined,
    json,
  );
}

/** Nothing but what is documented; better-auth may say more than we describe. */
function strict(schema: Json, url: string): object {
  if (typeof schema !== 'object' || schema === null) throw new TypeError('A schema is an object');
  const close = !url.startsWith('/api/auth');
  const walk = (node: Json | undefined): Json | undefined => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map((item: Json) => walk(item) ?? null);
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    return close && 'properties' in copy ? { additionalProperties: false, ...copy } : copy;
  };
  return Object(walk(schema));
}
