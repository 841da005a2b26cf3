import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Accounts } from '../../../auth/accounts.ts';
import { containsNul, isBadInput } from '../../../auth/better-auth/bad-input.ts';
import { CLIENT_ADDRESS_HEADER, NAME_LIMIT } from '../../../auth/better-auth/better-auth.ts';
import { addressOf } from '../../access/caller.ts';
import { ownOrigin } from '../../own-origin.ts';
import { answerNotFound, problemErrorOf } from '../../plugins/errors.ts';
import { ProblemError, problem } from '../../problem.ts';

const Credentials = {
  email: Type.String({ format: 'email', examples: ['ada@example.com'] }),
  password: Type.String({ format: 'password', minLength: 8, maxLength: 128 }),
};
const User = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  emailVerified: Type.Boolean(),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
});
const SignedInAnswer = Type.Object({
  token: Type.String({ description: 'For Authorization: Bearer' }),
  user: User,
});
const Failure = Type.Object({ code: Type.Optional(Type.String()), message: Type.Optional(Type.String()) });
const ABOUT = { tags: ['Accounts'] };
const UNUSABLE = problem(
  'validation_failed',
  'Something in the request is not a value that can be used here.',
);

/** better-auth's routes, in its own formats. The most used ones are described; it checks what it is sent itself. */
export function accountRoutes(accounts: Accounts, publicUrl: string | undefined): FastifyPluginAsync {
  const handler = (request: FastifyRequest, reply: FastifyReply) => pass(accounts, publicUrl, request, reply);
  const validatorCompiler = () => () => true;

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'private, no-store');
      done(null, payload);
    });
    app.setNotFoundHandler(answerNotFound);
    app.setErrorHandler((error: unknown, request, reply) => {
      const { problem, headers } = problemErrorOf(isBadInput(error) ? new ProblemError(UNUSABLE) : error);
      if (problem.status >= 500) request.fault = error;
      reply.code(problem.status).headers(headers);
      reply.type('application/json; charset=utf-8');
      reply.send(JSON.stringify({ code: problem.code.toUpperCase(), message: problem.detail }));
    });

    app.post(
      '/sign-up/email',
      {
        validatorCompiler,
        schema: {
          ...ABOUT,
          summary: 'Open an account',
          body: Type.Object({
            name: Type.String({ minLength: 1, maxLength: NAME_LIMIT, examples: ['Ada'] }),
            ...Credentials,
          }),
          response: {
            200: SignedInAnswer,
            400: Failure,
            403: Failure,
            413: Failure,
            415: Failure,
            422: Failure,
            429: Failure,
            503: Failure,
          },
        },
      },
      handler,
    );
    app.post(
      '/sign-in/email',
      {
        validatorCompiler,
        schema: {
          ...ABOUT,
          summary: 'Sign in',
          body: Type.Object(Credentials),
          response: {
            200: SignedInAnswer,
            400: Failure,
            401: Failure,
            403: Failure,
            413: Failure,
            415: Failure,
            429: Failure,
            503: Failure,
          },
        },
      },
      handler,
    );
    app.post(
      '/sign-out',
      {
        validatorCompiler,
        schema: {
          ...ABOUT,
          summary: 'End the session',
          security: [{ bearer: [] }],
          response: {
            200: Type.Object({ success: Type.Boolean() }),
            400: Failure,
            403: Failure,
            413: Failure,
            415: Failure,
            503: Failure,
          },
        },
      },
      handler,
    );
    app.route({ method: ['GET', 'POST'], url: '/*', schema: { hide: true }, handler });
  };
}

/** Fastify's request as better-auth takes it, and its answer as Fastify sends it. */
async function pass(
  accounts: Accounts,
  publicUrl: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  }
  // Node's fetch says how it asks, but not from where, as every browser does: better-auth would take it for one.
  if (!headers.has('sec-fetch-site')) headers.delete('sec-fetch-mode');
  headers.set(CLIENT_ADDRESS_HEADER, addressOf(request));
  // An API key is for our own routes.
  headers.delete('x-api-key');
  const url = new URL(request.url, ownOrigin(request, publicUrl));
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
  if (containsNul(request.url, body)) throw new ProblemError(UNUSABLE);
  const answer = await accounts.handle(new Request(url, { method: request.method, headers, body }));

  reply.code(answer.status);
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value);
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const wait = answer.headers.get('x-retry-after');
  if (wait !== null) reply.header('retry-after', wait);
  const content = Buffer.from(await answer.arrayBuffer());
  if (content.length === 0) return reply.send();
  // Its own 429 is JSON without saying so.
  if (answer.status === 429) reply.type('application/json; charset=utf-8');
  return reply.send(content);
}
