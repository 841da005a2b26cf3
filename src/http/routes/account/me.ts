import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Kysely } from 'kysely';
import { Type } from 'typebox';
import { deleteAccount } from '../../../auth/deletion.ts';
import { selectOwnData } from '../../../auth/own-data.ts';
import { selectChair } from '../../../auth/roles/chairs.ts';
import { rolesOf } from '../../../auth/roles/roles.ts';
import type { Commit } from '../../../availability/commit.ts';
import type { ShopSource } from '../../../availability/source.ts';
import type { Booking } from '../../../booking/types/bookings.ts';
import type { BookingMethods } from '../../../booking/types/service.ts';
import type { Database } from '../../../database/schema.ts';
import { accountOf, type SignedIn } from '../../access/identity.ts';
import { noSuchShop, unwrap } from '../../outcome.ts';
import { SECURITY } from '../../plugins/openapi.ts';
import { ProblemError, problem } from '../../problem.ts';
import { MeAnswer, wireMe } from '../../wire/account.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import { ExportAnswer, wireOwnData } from '../../wire/own-data.ts';

export interface MeOptions {
  readonly db: Kysely<Database>;
  readonly commit: Commit;
  readonly shops: ShopSource;
  readonly bookings: BookingMethods;
  readonly signedIn: SignedIn;
}

/** One's own account: who one is, everything that is held about it, and its end. */
export function meRoutes({ db, commit, shops, bookings, signedIn }: MeOptions): FastifyPluginAsyncTypebox {
  const about = { tags: ['Accounts'], security: SECURITY, querystring: ShopQuery };

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/me',
      {
        schema: {
          ...about,
          summary: 'Who am I',
          response: { 200: MeAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => {
        const account = accountOf(request);
        const { shop } = request.query;
        const [held, shopId] = await Promise.all([rolesOf(db, account.id), shops.find(shop)]);
        if (shop !== undefined && shopId === undefined) throw noSuchShop();
        const barberId = shopId === undefined ? null : await selectChair(db, shopId, account.id);
        return wireMe(account, held, { shopId, barberId });
      },
    );

    app.get(
      '/me/export',
      {
        schema: {
          ...about,
          summary: 'Everything that is held about one',
          response: { 200: ExportAnswer, ...problems(400, 401, 429, 503) },
        },
      },
      async (request, reply) => {
        const { id: userId } = accountOf(request);
        const [data, own] = await Promise.all([selectOwnData(db, userId), allBookings(bookings, userId)]);
        if (data === undefined)
          throw new ProblemError(problem('unauthenticated', 'This account was deleted just now.'));
        reply.header('content-disposition', 'attachment; filename="freshchair-export.json"');
        return wireOwnData(data, own);
      },
    );

    app.delete(
      '/me',
      {
        schema: {
          ...about,
          summary: 'Delete the account',
          description: 'Personal data goes at once, and cannot be brought back. Bookings stay, of nobody.',
          response: {
            204: Type.Null({ description: 'There is no such account any more' }),
            ...problems(400, 401, 403, 413, 415, 422, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const { id: userId } = accountOf(request);
        // No answer is kept for whoever asks again: nobody can, with the account gone.
        await commit(async (trx) => unwrap(await deleteAccount(trx, userId)));
        return reply.code(204).send(null);
      },
    );
  };
}

/** The newest first. */
async function allBookings(bookings: BookingMethods, userId: number): Promise<Booking[]> {
  const all: Booking[] = [];
  for (let cursor: number | null | undefined; cursor !== null; ) {
    const page = await bookings.getUserBookings({ userId, cursor, limit: 200 });
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}
