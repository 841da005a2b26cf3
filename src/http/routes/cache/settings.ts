import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeLifetimes, selectLifetimeSettings } from '../../../availability/cache/lifetime-settings.ts';
import { refuse } from '../../../outcome.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import { lifetimeChangeOf, SettingsAnswer, SettingsBody, wireSettings } from '../../wire/cache/settings.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import { READS, WRITES } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';

/** How long values may be kept, on all instances. To be seen by administrators, and changed by those of all shops. */
export function cacheSettingsRoutes(options: CacheAdministration): FastifyPluginAsyncTypebox {
  const { bookings, db, commit, signedIn, access } = options;
  const { defaults, apply } = bookings.lifetimes;

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/settings',
      {
        preValidation: access.atLeast('admin'),
        schema: {
          ...ABOUT,
          summary: 'How long values may be cached',
          querystring: ShopQuery,
          response: { 200: SettingsAnswer, ...problems(...READS) },
        },
      },
      async () => wireSettings(await selectLifetimeSettings(db), defaults),
    );

    app.put(
      '/settings',
      {
        preValidation: access.ownerOnly,
        schema: {
          ...ABOUT,
          summary: 'Change how long values may be cached',
          description:
            'For administrators of all shops, as it concerns every instance, each at once. What is left out stays as it is.',
          querystring: ShopQuery,
          body: SettingsBody,
          response: { 200: SettingsAnswer, ...problems(...WRITES) },
        },
      },
      async (request, reply) => {
        const change = lifetimeChangeOf(request.body);
        if (Object.keys(change).length === 0)
          return unwrap(
            refuse({
              code: 'validation_failed',
              detail: 'Say what to change: at least one of the settings.',
            }),
          );
        const answer = await writeOnce(commit, reply, 200, async (trx) =>
          wireSettings(await changeLifetimes(trx, change), defaults),
        );
        // Others hear of it in milliseconds; whoever asks here next has it.
        await apply();
        return answer;
      },
    );
  };
}
