import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fault } from '../../outcome.ts';
import { wireFaults } from '../outcome.ts';
import { ProblemError, problemOf, type WireFault } from '../problem.ts';
import { inspect } from '../validation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What else is wrong with a body of which only these fields have the right shape. */
    faultsOf?: (given: Readonly<Record<string, unknown>>) => Promise<readonly Fault[]>;
  }
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
  const shape = PARTS.flatMap((part) =>
    inspect(request.getValidationFunction(part), part === 'querystring' ? request.query : request[part]),
  );
  const pointers = new Set(shape.map(({ pointer }) => pointer));
  const { faultsOf } = request.routeOptions.config;
  const given = Object.entries(Object(request.body)).filter(([field]) => !pointers.has(`/${field}`));
  const others = faultsOf === undefined ? [] : await faultsOf(Object.fromEntries(given));
  const [fault, ...more]: WireFault[] = [
    ...shape,
    ...wireFaults(others).filter(({ pointer }) => !pointers.has(pointer)),
  ];
  return fault === undefined ? first : new ProblemError(problemOf([fault, ...more]));
}
