import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { staffOf } from '../../access/access.ts';
import { noSuchShop } from '../../outcome.ts';
import { ForecastAnswer, ForecastQuery, wireForecast } from '../../wire/cache/forecast.ts';
import { problems } from '../../wire/common.ts';
import { READS } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';

/** What a shop's readers will ask for. For its administrators. */
export function forecastRoutes(options: CacheAdministration): FastifyPluginAsyncTypebox {
  const { bookings, forecasts, warmAhead, clock, signedIn, access } = options;
  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/forecast',
      {
        preValidation: access.atLeast('admin'),
        schema: {
          ...ABOUT,
          summary: 'How much will be read, and what will be warmed for that',
          querystring: ForecastQuery,
          response: { 200: ForecastAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const rules = await bookings.source.rules(staffOf(request).shopId);
        if (rules === undefined) throw noSuchShop();
        const [forecast, next] = [await forecasts.of(rules.value), await warmAhead.next(rules.value)];
        return wireForecast(forecast, next, { now: clock.now(), hours: request.query.hours ?? 24 });
      },
    );
  };
}
