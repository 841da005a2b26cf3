import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fault } from '../../outcome.ts';
import { wireFaults } from '../outcome.ts';
import { ProblemError, problemOf, type WireFault } from '../problem.ts';
import { inspect } from '../validation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What else is wrong with a body of which not everything has the right shape. */
    faultsOf?: (body: PartOfBody) => Promise<readonly Fault[]>;
  }
}

export interface PartOfBody {
  /** What has the right shape. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The names of what has not. */
  readonly wrong: ReadonlySet<string>;
  /** The shop in the query, which is meant where the body names none. */
  readonly shop: string | undefined;
}

const PARTS = ['params', 'body', 'querystring', 'headers'] as const;

/**
 * Fastify stops at the first part of a request that its schema refuses. Here every fault is told at once: of path,
 * body, query and headers, and what the route finds wrong with those fields that have the right shape.
 */
export function addFaults(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.attachValidation = true;
  });
  app.addHook('preHandler', (request, _reply, done) => {
    if (request.validationError === undefined) done();
    else allFaults(request, request.validationError).then(done, done);
  });
}

async function allFaults(request: FastifyRequest, first: Error): Promise<Error> {
  const found = PARTS.flatMap((part) =>
    inspect(request.getValidationFunction(part), part === 'querystring' ? request.query : request[part]),
  );
  // The body and the query may have the same field, and the same fault.
  const shape = [...new Map(found.map((fault) => [`${fault.pointer} ${fault.detail}`, fault])).values()];
  const pointers = new Set(shape.map(({ pointer }) => pointer));
  const { faultsOf } = request.routeOptions.config;
  const body = partOf(request, pointers);
  const others = faultsOf === undefined || body === undefined ? [] : await faultsOf(body);
  const [fault, ...more]: WireFault[] = [
    ...shape,
    ...wireFaults(others).filter(({ pointer }) => !pointers.has(pointer)),
  ];
  return fault === undefined ? first : new ProblemError(problemOf([fault, ...more]));
}

/** Undefined where the body is nothing that has fields; what only reads has its fields in the query. */
function partOf(request: FastifyRequest, pointers: ReadonlySet<string>): PartOfBody | undefined {
  const { query } = request;
  const body = request.method === 'GET' ? query : request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const fields = Object.entries(body);
  const isWrong = ([name]: readonly [string, unknown]) => pointers.has(`/${name}`);
  const shop: unknown = Reflect.get(Object(query), 'shop');
  return {
    given: Object.fromEntries(fields.filter((field) => !isWrong(field))),
    // That of the query counts as well: the body may leave it out.
    wrong: new Set([...fields.map(([name]) => name), 'shop'].filter((name) => pointers.has(`/${name}`))),
    shop: typeof shop === 'string' ? shop : undefined,
  };
}
