import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Invalidation } from '../../../availability/cache/invalidation.ts';
import { faultsOfDates } from '../../../booking/cache-faults.ts';
import { refusalOf } from '../../../outcome.ts';
import { findBarber } from '../../../shop/administration/barbers.ts';
import { staffOf } from '../../access/access.ts';
import { refusalProblem, unwrap } from '../../outcome.ts';
import { InvalidationAnswer, InvalidationBody } from '../../wire/cache/invalidation.ts';
import { IdParams, problems, ShopQuery } from '../../wire/common.ts';
import { WRITES } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';

/**
 * Makes what is cached unusable on every instance: changes do that by themselves, this is for doubts. To do it twice
 * does no harm, so that an answer need not be kept in the same transaction. For the shop's administrators.
 */
export function invalidationRoutes({
  bookings,
  db,
  signedIn,
  access,
}: CacheAdministration): FastifyPluginAsyncTypebox {
  const preValidation = access.atLeast('admin');
  const invalidate = async (message: string, what: Invalidation) => ({
    message,
    invalidated_keys: await bookings.source.invalidate(what),
  });
  const response = { 200: InvalidationAnswer, ...problems(...WRITES) };

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.post(
      '/invalidate/barber/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Have a barber’s days and hours loaded anew',
          params: IdParams,
          querystring: ShopQuery,
          response,
        },
      },
      async (request) => {
        const { shopId } = staffOf(request);
        const { id, name } = unwrap(await findBarber(db, shopId, request.params.id));
        return invalidate(`Days and hours of ${name} are loaded anew`, { shopId, barberIds: [id] });
      },
    );

    app.post(
      '/invalidate/date-range',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Have days of all barbers loaded anew',
          querystring: ShopQuery,
          body: InvalidationBody,
          response,
        },
      },
      async (request) => {
        const { start_date: startDate, end_date: endDate } = request.body;
        const refusal = refusalOf(faultsOfDates({ startDate, endDate }));
        if (refusal !== undefined) throw refusalProblem(refusal);
        const message = `Days from ${startDate} to ${endDate} are loaded anew`;
        return invalidate(message, { shopId: staffOf(request).shopId, from: startDate, to: endDate });
      },
    );

    app.post(
      '/invalidate/all-slots',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Have all days of all barbers loaded anew',
          description: 'Counts up the shop’s version, so that its settings are loaded anew as well.',
          querystring: ShopQuery,
          response,
        },
      },
      (request) => invalidate('All days are loaded anew', { shopId: staffOf(request).shopId, only: 'days' }),
    );

    app.post(
      '/invalidate/business-settings',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Have settings, services and hours loaded anew',
          description: 'Days are made from them, and are loaded anew as well when somebody asks for them.',
          querystring: ShopQuery,
          response,
        },
      },
      (request) =>
        invalidate('Settings, services and hours are loaded anew', {
          shopId: staffOf(request).shopId,
          only: 'settings',
        }),
    );
  };
}
