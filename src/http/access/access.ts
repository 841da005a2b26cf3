import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { selectChair } from '../../auth/roles/chairs.ts';
import { type HeldRole, type Role, roleAt, rolesOf } from '../../auth/roles/roles.ts';
import type { ShopSource } from '../../availability/source.ts';
import type { Database } from '../../database/schema.ts';
import { isSlug } from '../../shop/names.ts';
import { noSuchShop } from '../outcome.ts';
import { ProblemError, problem } from '../problem.ts';
import { accountOf } from './identity.ts';

declare module 'fastify' {
  interface FastifyRequest {
    staff: StaffMember | null;
  }
}

/** Who acts, at the shop that the request means. */
export interface StaffMember {
  readonly userId: number;
  readonly shopId: number;
  readonly role: Exclude<Role, 'client'>;
  /** The chair of a barber who has an account and has not retired, at this shop. */
  readonly barberId: number | null;
}

/** A `preValidation` hook, behind `SignedIn`: whoever may not do it is not told what is wrong with the request. */
export type Guard = (request: FastifyRequest) => Promise<void>;

export interface Access {
  /** At the shop in the query or the body, else the first one; 403 below this role. */
  atLeast(role: Exclude<Role, 'client'>): Guard;
  /** Of all shops. */
  readonly ownerOnly: Guard;
  /** An administrator of any shop, whichever the request means. */
  readonly adminAnywhere: Guard;
}

export function addAccess(app: FastifyInstance, db: Kysely<Database>, shops: ShopSource): Access {
  app.decorateRequest('staff', null);
  // Postgres would fail on some texts that are no slug, and none of them is a shop.
  const findShop = (slug: string | undefined) =>
    slug === undefined || isSlug(slug) ? shops.find(slug) : undefined;
  const held = (request: FastifyRequest) => rolesOf(db, accountOf(request).id);
  return {
    atLeast: (least) => async (request) => {
      const { id: userId } = accountOf(request);
      const [roles, shopId] = await Promise.all([held(request), findShop(shopAsked(request))]);
      if (shopId === undefined) throw isStaffAnywhere(roles) ? noSuchShop() : forbidden(least);
      const role = roleAt(shopId, roles);
      if (role === 'client' || (least === 'admin' && role !== 'admin')) throw forbidden(least);
      request.staff = { userId, shopId, role, barberId: await selectChair(db, shopId, userId) };
    },
    ownerOnly: async (request) => {
      const owns = (await held(request)).some(({ role, shopId }) => role === 'admin' && shopId === null);
      if (!owns) throw forbidden('owner');
    },
    adminAnywhere: async (request) => {
      if (!(await held(request)).some(({ role }) => role === 'admin')) throw forbidden('anyAdmin');
    },
  };
}

/** Who acts; only on routes behind `atLeast`. */
export function staffOf({ staff }: FastifyRequest): StaffMember {
  if (staff === null) throw new Error('This route does not ask for staff');
  return staff;
}

/** A barber has to do with one chair, an administrator with all of the shop's. */
export function requireChair(staff: StaffMember, barberId: number): void {
  if (staff.role === 'admin' || staff.barberId === barberId) return;
  throw new ProblemError(problem('forbidden', 'Barbers may do this for themselves only.'));
}

/** Before validation: anything may stand there, and what is not a text is refused later. */
function shopAsked({ body, query }: FastifyRequest): string | undefined {
  for (const part of [body, query]) {
    const shop: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, 'shop') : undefined;
    if (typeof shop === 'string') return shop;
  }
  return undefined;
}

const REQUIRED = {
  barber: 'the staff of this shop',
  admin: 'the administrators of this shop',
  owner: 'the administrators of all shops',
  anyAdmin: 'administrators',
} as const;

function forbidden(required: keyof typeof REQUIRED): ProblemError {
  return new ProblemError(problem('forbidden', `This is for ${REQUIRED[required]} only.`));
}

function isStaffAnywhere(roles: readonly HeldRole[]): boolean {
  return roles.length > 0;
}
