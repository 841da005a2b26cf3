import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { releaseChair } from '../../../auth/roles/chairs.ts';
import { bookingsOutsideWork } from '../../../booking/conflicts.ts';
import { refuse } from '../../../outcome.ts';
import { addBarber, changeBarber, findBarber, selectBarbers } from '../../../shop/administration/barbers.ts';
import { staffOf } from '../../access/access.ts';
import { unwrap } from '../../outcome.ts';
import { writeOnce } from '../../plugins/idempotency.ts';
import {
  BarberChangeBody,
  ChangedBarberAnswer,
  ManagedBarberAnswer,
  ManagedBarbersAnswer,
  NewBarberBody,
  wireManagedBarber,
  writtenBarberOf,
} from '../../wire/admin/barbers.ts';
import { wireStaffBooking } from '../../wire/booking.ts';
import { IdParams, PageQuery, pageAsked, pageOf, problems, ShopQuery } from '../../wire/common.ts';
import { ABOUT, type Administration, READS, WRITES } from './administration.ts';

/** Who works at the shop, and what they offer. For its administrators. */
export function managedBarberRoutes(options: Administration): FastifyPluginAsyncTypebox {
  const { db, commit, clock, signedIn, access } = options;
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/barbers',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'The barbers, retired ones too',
          querystring: PageQuery,
          response: { 200: ManagedBarbersAnswer, ...problems(...READS) },
        },
      },
      async (request) => {
        const barbers = await selectBarbers(db, staffOf(request).shopId, pageAsked(request.query));
        return pageOf(barbers.map(wireManagedBarber), ({ id }) => id, request.query);
      },
    );

    app.post(
      '/barbers',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Add a barber',
          querystring: ShopQuery,
          body: NewBarberBody,
          response: { 201: ManagedBarberAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const written = { name: request.body.name, ...writtenBarberOf(request.body) };
        return writeOnce(commit, reply, 201, async (trx) => {
          const id = unwrap(await addBarber(trx, shopId, written));
          return wireManagedBarber(unwrap(await findBarber(trx, shopId, id)));
        });
      },
    );

    app.get(
      '/barbers/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'One barber',
          params: IdParams,
          querystring: ShopQuery,
          response: { 200: ManagedBarberAnswer, ...problems(...READS) },
        },
      },
      async (request) =>
        wireManagedBarber(unwrap(await findBarber(db, staffOf(request).shopId, request.params.id))),
    );

    app.patch(
      '/barbers/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Change a barber',
          params: IdParams,
          querystring: ShopQuery,
          body: BarberChangeBody,
          response: { 200: ChangedBarberAnswer, ...problems(...WRITES) },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id } = request.params;
        const { name, account } = request.body;
        const written = { name, ...writtenBarberOf(request.body) };
        if (Object.values({ ...written, account }).every((value) => value === undefined))
          unwrap(refuse({ code: 'validation_failed', detail: 'Say what to change about the barber.' }));
        return writeOnce(commit, reply, 200, async (trx) => {
          unwrap(await changeBarber(trx, shopId, id, written));
          if (account === null) await releaseChair(trx, shopId, id);
          const barber = unwrap(await findBarber(trx, shopId, id));
          const conflicts = await bookingsOutsideWork(trx, { shopId, barberIds: [id] }, clock.now());
          return { ...wireManagedBarber(barber), conflicts: conflicts.map(wireStaffBooking) };
        });
      },
    );

    app.delete(
      '/barbers/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Retire a barber',
          description: 'Bookings stay. Whoever signed in as this barber cannot do so any more.',
          params: IdParams,
          querystring: ShopQuery,
          response: {
            204: Type.Null({ description: 'The barber cannot be booked any more' }),
            ...problems(...WRITES),
          },
        },
      },
      (request, reply) => {
        const { shopId } = staffOf(request);
        const { id } = request.params;
        return writeOnce(commit, reply, 204, async (trx) => {
          unwrap(await changeBarber(trx, shopId, id, { active: false }));
          await releaseChair(trx, shopId, id);
          return null;
        });
      },
    );
  };
}
