import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Kysely } from 'kysely';
import { changeRole } from '../../../auth/roles/role-changes.ts';
import { selectShopUsers } from '../../../auth/roles/shop-users.ts';
import type { Commit } from '../../../availability/commit.ts';
import type { Database } from '../../../database/schema.ts';
import { type Access, staffOf } from '../../access/access.ts';
import type { SignedIn } from '../../access/identity.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import { SECURITY } from '../../plugins/openapi.ts';
import {
  RoleBody,
  UserAnswer,
  UsersAnswer,
  UsersQuery,
  wireListedUser,
  wireUser,
} from '../../wire/admin/users.ts';
import { IdParams, pageOf, problems, ShopQuery } from '../../wire/common.ts';

export interface UserRoutesOptions {
  readonly db: Kysely<Database>;
  readonly commit: Commit;
  readonly signedIn: SignedIn;
  readonly access: Access;
}

/** Who may do what at the shop. For its administrators. */
export function userRoutes({ db, commit, signedIn, access }: UserRoutesOptions): FastifyPluginAsyncTypebox {
  const about = { tags: ['Administration'], security: SECURITY };
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/users',
      {
        preValidation,
        schema: {
          ...about,
          summary: 'Accounts with a role at the shop',
          querystring: UsersQuery,
          response: { 200: UsersAnswer, ...problems(400, 401, 403, 404, 429, 503) },
        },
      },
      async (request) => {
        const { query, limit = 50, cursor: after = 0 } = request.query;
        const users = await selectShopUsers(db, { shopId: staffOf(request).shopId, query, limit, after });
        return pageOf(users.map(wireListedUser), ({ id }) => id, request.query);
      },
    );

    app.put(
      '/users/:id/role',
      {
        preValidation,
        schema: {
          ...about,
          summary: 'Give an account a role at the shop, or take it away',
          params: IdParams,
          querystring: ShopQuery,
          body: RoleBody,
          response: { 200: UserAnswer, ...problems(400, 401, 403, 404, 413, 415, 422, 429, 503) },
        },
      },
      (request) => {
        const { userId: actorId, shopId } = staffOf(request);
        const { role, email } = request.body;
        const change = { shopId, userId: request.params.id, role, email, actorId };
        return writeOnce(commit, request, 200, async (trx) =>
          wireUser(unwrap(await changeRole(trx, change))),
        );
      },
    );
  };
}
