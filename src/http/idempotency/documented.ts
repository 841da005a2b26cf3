import type { FastifyContextConfig, RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { problems } from '../wire/common.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A POST that only reads: its answer goes out of date, and is not kept. */
    readsOnly?: boolean;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const KeyHeader = Type.String({
  description: 'Any text of its own: a repeat with the same within 24 hours gets the first answer again',
  minLength: 1,
  maxLength: 255,
  pattern: '^[ -~]*$',
});

/** Whether an Idempotency-Key means something to this route. */
export function takesKey(method: string, url: string, config: FastifyContextConfig = {}): boolean {
  return url.startsWith('/api/v2/') && !SAFE_METHODS.has(method) && config.readsOnly !== true;
}

/** An `onRoute` hook: the header and its 422, in the OpenAPI document of every write. */
export function documentKey(route: RouteOptions): void {
  const { schema, url, config } = route;
  const isWrite = [route.method].flat().some((method) => takesKey(method, url, config));
  if (!isWrite || schema === undefined) return;
  const { headers, response } = schema;
  route.schema = {
    ...schema,
    headers: Type.Object({ ...propertiesOf(headers), 'idempotency-key': Type.Optional(KeyHeader) }),
    response: { ...problems(422), ...Object(response) },
  };
}

function propertiesOf(schema: unknown): object {
  const properties: unknown =
    typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'properties') : {};
  return Object(properties);
}
