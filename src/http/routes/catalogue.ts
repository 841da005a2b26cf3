import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { rulesOfShop, type ShopSource } from '../../availability/source.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { noSuchShop } from '../outcome.ts';
import {
  activeBarbers,
  BarbersAnswer,
  ServicesAnswer,
  ShopAnswer,
  wireBarber,
  wireServices,
  wireShop,
} from '../wire/catalogue.ts';
import { PageQuery, pageOf, problems, ShopQuery } from '../wire/common.ts';

const ABOUT = { tags: ['Catalogue'] };

/** The shop, what it offers and who works there. Public. */
export function catalogueRoutes(shops: ShopSource): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-cache');
    });

    app.get(
      '/shop',
      {
        schema: {
          ...ABOUT,
          summary: 'The shop and its opening hours',
          querystring: ShopQuery,
          response: { 200: ShopAnswer, ...problems(400, 404, 503) },
        },
      },
      async (request) => wireShop(await rulesOf(shops, request.query.shop)),
    );

    app.get(
      '/services',
      {
        schema: {
          ...ABOUT,
          summary: 'What can be booked',
          querystring: PageQuery,
          response: { 200: ServicesAnswer, ...problems(400, 404, 503) },
        },
      },
      async (request) => {
        const services = wireServices(await rulesOf(shops, request.query.shop));
        return pageOf(services, ({ id }) => id, request.query);
      },
    );

    app.get(
      '/barbers',
      {
        schema: {
          ...ABOUT,
          summary: 'Who can be booked',
          querystring: PageQuery,
          response: { 200: BarbersAnswer, ...problems(400, 404, 503) },
        },
      },
      async (request) => {
        const rules = await rulesOf(shops, request.query.shop);
        const { items, next_cursor } = pageOf(activeBarbers(rules), ({ id }) => id, request.query);
        const ids = items.map(({ id }) => id);
        const schedules = new Map(
          (await shops.schedules(rules.id, ids)).map(({ value }) => [value.barberId, value]),
        );
        return {
          items: items.map((barber) => wireBarber(barber, rules, schedules.get(barber.id))),
          next_cursor,
        };
      },
    );
  };
}

async function rulesOf(shops: ShopSource, slug: string | undefined): Promise<ShopRules> {
  const rules = await rulesOfShop(shops, slug);
  if (rules === undefined) throw noSuchShop();
  return rules;
}
