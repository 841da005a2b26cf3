import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Kysely } from 'kysely';
import type { ShopSource } from '../../availability/source.ts';
import { findWorkingTime } from '../../booking/staff/working-time.ts';
import type { BookingMethods } from '../../booking/types/service.ts';
import type { Database } from '../../database/schema.ts';
import { type Access, requireChair, type StaffMember, staffOf } from '../access/access.ts';
import type { SignedIn } from '../access/identity.ts';
import { unwrap } from '../outcome.ts';
import { bookOnce, createdUnder } from '../plugins/idempotency.ts';
import { SECURITY } from '../plugins/openapi.ts';
import { ProblemError, problem } from '../problem.ts';
import { wireBooking, wireClient, wireStaffBooking } from '../wire/booking.ts';
import { faultsOfParts, requestOf, StaffBody } from '../wire/booking-request.ts';
import { problems, ShopQuery } from '../wire/common.ts';
import {
  CalendarAnswer,
  CalendarQuery,
  ClientsAnswer,
  ClientsQuery,
  StaffBookingAnswer,
  WorkingTimeAnswer,
  WorkingTimeQuery,
  wireWorkingDay,
} from '../wire/staff.ts';

const ABOUT = { tags: ['Staff'], security: SECURITY };

export interface StaffOptions {
  readonly bookings: BookingMethods;
  readonly shops: ShopSource;
  readonly db: Kysely<Database>;
  readonly signedIn: SignedIn;
  readonly access: Access;
}

/** The day's work. A barber sees and books the own chair, an administrator all of the shop's. */
export function staffRoutes(options: StaffOptions): FastifyPluginAsyncTypebox {
  const { bookings, shops, db, signedIn, access } = options;
  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook('preValidation', access.atLeast('barber'));

    app.get(
      '/calendar',
      {
        schema: {
          ...ABOUT,
          summary: 'Bookings and their clients, the earliest first',
          querystring: CalendarQuery,
          response: { 200: CalendarAnswer, ...problems(400, 401, 403, 404, 429, 503) },
        },
      },
      async (request) => {
        const { barber_id, ...query } = request.query;
        const barberId = chairOf(staffOf(request), barber_id);
        const page = unwrap(await bookings.getCalendar({ ...query, barberId }));
        return { items: page.items.map(wireStaffBooking), next_cursor: page.nextCursor };
      },
    );

    app.get(
      '/working-time',
      {
        schema: {
          ...ABOUT,
          summary: 'When barbers work, and their time off',
          querystring: WorkingTimeQuery,
          response: { 200: WorkingTimeAnswer, ...problems(400, 401, 403, 404, 429, 503) },
        },
      },
      async (request) => {
        const { barber_id, ...query } = request.query;
        const barberId = chairOf(staffOf(request), barber_id);
        const days = unwrap(await findWorkingTime(db, shops, { ...query, barberId }));
        return { items: days.map(wireWorkingDay) };
      },
    );

    app.post(
      '/bookings',
      {
        config: { faultsOf: faultsOfParts(bookings) },
        schema: {
          ...ABOUT,
          summary: 'Book for a client; notice and horizon do not count',
          querystring: ShopQuery,
          body: StaffBody,
          response: {
            201: StaffBookingAnswer,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
          },
        },
      },
      (request, reply) => {
        const staff = staffOf(request);
        const { notes, client_id, name, email, phone, barber_id } = request.body;
        return bookOnce(reply, createdUnder('/api/v2/bookings', wireStaffBooking), (inTransaction) =>
          bookings.createStaffBooking({
            ...requestOf(request.body, request.query),
            barberId: chairOf(staff, barber_id),
            as: { role: staff.role, userId: staff.userId },
            notes,
            clientId: client_id,
            name,
            email,
            phone,
            inTransaction,
          }),
        );
      },
    );

    app.get(
      '/clients',
      {
        config: { limit: 'search' },
        schema: {
          ...ABOUT,
          summary: 'Clients by name, address or number, with their history',
          querystring: ClientsQuery,
          response: { 200: ClientsAnswer, ...problems(400, 401, 403, 404, 429, 503) },
        },
      },
      async (request) => {
        const barberId = chairOf(staffOf(request), undefined);
        const page = unwrap(await bookings.findClients({ ...request.query, barberId }));
        const items = page.items.map(({ bookingCount, bookings: latest, ...client }) => ({
          ...wireClient(client),
          booking_count: bookingCount,
          bookings: latest.map(wireBooking),
        }));
        return { items, next_cursor: page.nextCursor };
      },
    );
  };
}

/** Whose bookings are meant: those of the barber named, else a barber's own, else everybody's. */
function chairOf(staff: StaffMember, asked: number | undefined): number | undefined {
  if (staff.role === 'admin') return asked;
  if (staff.barberId === null) {
    throw new ProblemError(problem('forbidden', 'Your account has no chair at this shop yet.'));
  }
  if (asked !== undefined) requireChair(staff, asked);
  return staff.barberId;
}
