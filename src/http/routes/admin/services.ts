import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeService, createService, selectServices } from '../../../shop/administration/services.ts';
import { staffOf } from '../../access/access.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import {
  AdminServiceAnswer,
  AdminServicesAnswer,
  NewServiceBody,
  ServiceChangeBody,
  serviceChangeOf,
  wireAdminService,
} from '../../wire/admin/services.ts';
import { IdParams, PageQuery, pageAsked, pageOf, problems, ShopQuery } from '../../wire/common.ts';
import { ABOUT, type Administration, READS, WRITES } from './administration.ts';

/** What the shop offers. For its administrators. */
export function managedServiceRoutes(options: Administration): FastifyPluginAsyncTypebox {
  const { db, commit, signedIn, access } = options;
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/services',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'What the shop offers, and what it once did',
          querystring: PageQuery,
          response: { 200: AdminServicesAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const services = await selectServices(db, staffOf(request).shopId, pageAsked(request.query));
        return pageOf(services.map(wireAdminService), ({ id }) => id, request.query);
      },
    );

    app.post(
      '/services',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Add a service',
          description: 'Every active barber offers it, unless `barber_ids` says who does.',
          querystring: ShopQuery,
          body: NewServiceBody,
          response: { 201: AdminServiceAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { name, duration_minutes: durationMinutes, price } = request.body;
        const service = { ...serviceChangeOf(request.body), name, durationMinutes, price };
        return writeOnce(commit, reply, 201, async (trx) =>
          wireAdminService(unwrap(await createService(trx, shopId, service))),
        );
      },
    );

    app.patch(
      '/services/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Change a service',
          description:
            'What is left out stays as it is. Bookings keep the name, time and price they were made with.',
          params: IdParams,
          querystring: ShopQuery,
          body: ServiceChangeBody,
          response: { 200: AdminServiceAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id } = request.params;
        return writeOnce(commit, reply, 200, async (trx) =>
          wireAdminService(unwrap(await changeService(trx, shopId, id, serviceChangeOf(request.body)))),
        );
      },
    );

    app.delete(
      '/services/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Retire a service',
          description: 'It can no longer be booked; bookings stay. `active: true` brings it back.',
          params: IdParams,
          querystring: ShopQuery,
          response: {
            204: Type.Null({ description: 'The service cannot be booked any more' }),
            ...problems(...WRITES),
          },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        return writeOnce(commit, reply, 204, async (trx) => {
          unwrap(await changeService(trx, shopId, request.params.id, { active: false }));
          return null;
        });
      },
    );
  };
}
