import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type HeldRole, rolesOf } from '../../../auth/roles/roles.ts';
import { bookingsOutsideWork } from '../../../booking/conflicts.ts';
import { changeShop, createShop, selectShop, selectShops } from '../../../shop/administration/shops.ts';
import { staffOf } from '../../access/access.ts';
import { accountOf } from '../../access/identity.ts';
import { noSuchShop, unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import { ProblemError, problem } from '../../problem.ts';
import {
  AdminShopAnswer,
  AdminShopsAnswer,
  ChangedShopAnswer,
  NewShopBody,
  ShopChangeBody,
  settingsOf,
  wireAdminShop,
} from '../../wire/admin/shops.ts';
import { wireStaffBooking } from '../../wire/booking.ts';
import { PageQuery, pageAsked, pageOf, problems, ShopQuery } from '../../wire/common.ts';
import { ABOUT, type Administration, READS, WRITES } from './administration.ts';

/** The shops, and the settings of one. For their administrators. */
export function managedShopRoutes(options: Administration): FastifyPluginAsyncTypebox {
  const { db, commit, clock, signedIn, access } = options;
  const administered = async (request: FastifyRequest) => shopsOf(await rolesOf(db, accountOf(request).id));

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/shops',
      {
        preValidation: async (request) => {
          if ((await administered(request))?.length === 0) throw notAnAdministrator();
        },
        schema: {
          ...ABOUT,
          summary: 'The shops that one administers',
          querystring: PageQuery,
          response: { 200: AdminShopsAnswer, ...problems(400, 401, 403, 429, 503) },
        },
      },
      async (request) => {
        const shops = await selectShops(db, await administered(request), pageAsked(request.query));
        return pageOf(shops.map(wireAdminShop), ({ id }) => id, request.query);
      },
    );

    app.post(
      '/shops',
      {
        preValidation: access.ownerOnly,
        schema: {
          ...ABOUT,
          summary: 'Open another shop',
          description: 'For administrators of all shops. A new shop has no barbers and no services yet.',
          querystring: ShopQuery,
          body: NewShopBody,
          response: { 201: AdminShopAnswer, ...problems(400, 401, 403, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        const { slug, name, timezone, currency, ...settings } = request.body;
        const shop = { ...settingsOf(settings), slug, name, timezone, currency };
        return writeOnce(commit, reply, 201, async (trx) =>
          wireAdminShop(unwrap(await createShop(trx, shop))),
        );
      },
    );

    app.get(
      '/shop',
      {
        preValidation: access.atLeast('admin'),
        schema: {
          ...ABOUT,
          summary: 'The settings of a shop',
          querystring: ShopQuery,
          response: { 200: AdminShopAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const shop = await selectShop(db, staffOf(request).shopId);
        if (shop === undefined) throw noSuchShop();
        return wireAdminShop(shop);
      },
    );

    app.patch(
      '/shop',
      {
        preValidation: access.atLeast('admin'),
        schema: {
          ...ABOUT,
          summary: 'Change the settings of a shop',
          description: 'What is left out stays as it is. Bookings stay where they are.',
          querystring: ShopQuery,
          body: ShopChangeBody,
          response: { 200: ChangedShopAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const change = settingsOf(request.body);
        return writeOnce(commit, reply, 200, async (trx) => {
          const shop = wireAdminShop(unwrap(await changeShop(trx, shopId, change)));
          const conflicts = await bookingsOutsideWork(trx, { shopId }, clock.now());
          return { ...shop, conflicts: conflicts.map(wireStaffBooking) };
        });
      },
    );
  };
}

/** The ids of the shops that these roles let one administer; undefined for all of them. */
function shopsOf(held: readonly HeldRole[]): number[] | undefined {
  const ids = held.filter(({ role }) => role === 'admin').map(({ shopId }) => shopId);
  return ids.includes(null) ? undefined : ids.flatMap((id) => id ?? []);
}

function notAnAdministrator(): ProblemError {
  return new ProblemError(problem('forbidden', 'This is for administrators only.'));
}
