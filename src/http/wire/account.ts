import { type Static, Type } from 'typebox';
import type { Account } from '../../auth/accounts.ts';
import { type HeldRole, roleAt } from '../../auth/roles/roles.ts';
import { Id } from './common.ts';

export const MeAnswer = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    role: Type.Enum(['client', 'barber', 'admin'], { description: 'At the shop that is meant' }),
    roles: Type.Array(
      Type.Object({
        shop: Type.Union([Type.String(), Type.Null()], { description: 'Null: at every shop' }),
        role: Type.Enum(['barber', 'admin']),
      }),
    ),
    barber_id: Type.Union([Id, Type.Null()], {
      description: 'The chair that is one’s own at the shop that is meant, where one works there as a barber',
    }),
    created_at: Type.String({ format: 'date-time' }),
  },
  { description: 'The account and what it may do' },
);

export function wireMe(
  account: Account,
  held: readonly HeldRole[],
  here: { readonly shopId: number | undefined; readonly barberId: number | null },
): Static<typeof MeAnswer> {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    role: roleAt(here.shopId, held),
    roles: held.map(({ shop, role }) => ({ shop, role })),
    barber_id: here.barberId,
    created_at: account.createdAt.toISOString(),
  };
}
