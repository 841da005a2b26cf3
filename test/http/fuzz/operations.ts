import type { FastifyInstance } from 'fastify';

/** JSON Schema, so far as the routes use it. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  /** `PATCH /api/v2/bookings/{id}` */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly security?: readonly object[];
}

const MANAGE_TOKEN: Parameter = {
  in: 'header',
  name: 'x-manage-token',
  required: false,
  schema: { type: 'string' },
};

/** Every operation of the OpenAPI document, in its order; the app is ready. */
export function operationsOf(app: FastifyInstance): Operation[] {
  const document: { paths: Record<string, Record<string, Described>> } = JSON.parse(
    JSON.stringify(app.swagger()),
  );
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, { parameters = [], requestBody, security = [] }]) => {
      const method = METHODS.find((one) => one === verb.toUpperCase());
      if (method === undefined) throw new Error(`${verb} is no method that is known here`);
      // The document lists what stands in for a login there, and not among the parameters.
      const byToken = security.some((scheme) => 'manageToken' in scheme);
      return {
        name: `${method} ${path}`,
        method,
        path,
        parameters: byToken ? [...parameters, MANAGE_TOKEN] : parameters,
        body: requestBody?.content['application/json']?.schema,
      };
    }),
  );
}
