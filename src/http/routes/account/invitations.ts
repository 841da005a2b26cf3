import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { acceptInvitation, invite } from '../../../auth/roles/invitations.ts';
import type { Commit } from '../../../availability/commit.ts';
import { type Access, staffOf } from '../../access/access.ts';
import { accountOf, type SignedIn } from '../../access/identity.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import { SECURITY } from '../../plugins/openapi.ts';
import {
  AcceptanceAnswer,
  AcceptBody,
  InvitationAnswer,
  InviteBody,
  wireAcceptance,
  wireInvitation,
} from '../../wire/admin/invitations.ts';
import { IdParams, problems, ShopQuery } from '../../wire/common.ts';

export interface InvitationRoutesOptions {
  readonly commit: Commit;
  readonly signedIn: SignedIn;
  readonly access: Access;
}

/** How an account comes to a chair: an administrator invites an address, an account accepts. */
export function invitationRoutes(options: InvitationRoutesOptions): FastifyPluginAsyncTypebox {
  const { commit, signedIn, access } = options;

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.post(
      '/admin/barbers/:id/invite',
      {
        config: { limit: 'invitation' },
        preValidation: access.atLeast('admin'),
        schema: {
          tags: ['Administration'],
          security: SECURITY,
          summary: 'Invite somebody to sign in as this barber',
          params: IdParams,
          querystring: ShopQuery,
          body: InviteBody,
          response: { 201: InvitationAnswer, ...problems(400, 401, 403, 404, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        const asked = {
          shopId: staffOf(request).shopId,
          barberId: request.params.id,
          email: request.body.email,
        };
        return writeOnce(commit, reply, 201, async (trx) => wireInvitation(unwrap(await invite(trx, asked))));
      },
    );

    app.post(
      '/invitations/accept',
      {
        config: { limit: 'invitation' },
        schema: {
          tags: ['Accounts'],
          security: SECURITY,
          summary: 'Become the barber one was invited to be',
          querystring: ShopQuery,
          body: AcceptBody,
          response: { 200: AcceptanceAnswer, ...problems(400, 401, 403, 413, 415, 422, 429, 503) },
        },
      },
      (request, reply) => {
        const { token, shop = request.query.shop } = request.body;
        const asked = { token, shop, userId: accountOf(request).id };
        return writeOnce(commit, reply, 200, async (trx) =>
          wireAcceptance(unwrap(await acceptInvitation(trx, asked))),
        );
      },
    );
  };
}
