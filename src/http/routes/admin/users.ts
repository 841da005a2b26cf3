import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeRole } from '../../../auth/roles/role-changes.ts';
import { selectShopUsers } from '../../../auth/roles/shop-users.ts';
import { staffOf } from '../../access/access.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import {
  RoleBody,
  UserAnswer,
  UsersAnswer,
  UsersQuery,
  wireListedUser,
  wireUser,
} from '../../wire/admin/users.ts';
import { IdParams, pageAsked, pageOf, problems, ShopQuery } from '../../wire/common.ts';
import { ABOUT, type Administration, READS, WRITES } from './administration.ts';

/** Who may do what at the shop. For its administrators. */
export function userRoutes({ db, commit, signedIn, access }: Administration): FastifyPluginAsyncTypebox {
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/users',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Accounts with a role at the shop',
          querystring: UsersQuery,
          response: { 200: UsersAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const { shopId } = staffOf(request);
        const { query } = request.query;
        const users = await selectShopUsers(db, { shopId, query, ...pageAsked(request.query) });
        return pageOf(users.map(wireListedUser), ({ id }) => id, request.query);
      },
    );

    app.put(
      '/users/:id/role',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Give an account a role at the shop, or take it away',
          params: IdParams,
          querystring: ShopQuery,
          body: RoleBody,
          response: { 200: UserAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { userId: actorId, shopId } = staffOf(request);
        const { role, email } = request.body;
        const change = { shopId, userId: request.params.id, role, email, actorId };
        return writeOnce(commit, reply, 200, async (trx) => wireUser(unwrap(await changeRole(trx, change))));
      },
    );
  };
}
