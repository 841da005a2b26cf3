import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Kysely } from 'kysely';
import { rolesOf } from '../../auth/roles.ts';
import type { ShopSource } from '../../availability/source.ts';
import type { Database } from '../../database/schema.ts';
import { accountOf, type SignedIn } from '../plugins/identity.ts';
import { SECURITY } from '../plugins/openapi.ts';
import { noSuchShop } from '../problem.ts';
import { MeAnswer, wireMe } from '../wire/account.ts';
import { problems, ShopQuery } from '../wire/common.ts';

export interface MeOptions {
  readonly db: Kysely<Database>;
  readonly shops: ShopSource;
  readonly signedIn: SignedIn;
}

export function meRoutes({ db, shops, signedIn }: MeOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/me',
      {
        schema: {
          tags: ['Accounts'],
          summary: 'Who am I',
          security: SECURITY,
          querystring: ShopQuery,
          response: { 200: MeAnswer, ...problems(400, 401, 404, 429, 503) },
        },
      },
      async (request) => {
        const account = accountOf(request);
        const { shop } = request.query;
        const [held, shopId] = await Promise.all([rolesOf(db, account.id), shops.find(shop)]);
        if (shop !== undefined && shopId === undefined) throw noSuchShop();
        return wireMe(account, held, shopId);
      },
    );
  };
}
