import { type Static, Type } from 'typebox';
import type { ShopUser } from '../../../auth/roles/shop-users.ts';
import { Id, NextCursor, PAGE, PRINTABLE, ShopSlug } from '../common.ts';

export const UsersQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    query: Type.Optional(
      Type.String({
        maxLength: 254,
        pattern: PRINTABLE,
        description: 'Part of a name or address; a whole address also finds an account without a role here',
      }),
    ),
    ...PAGE,
  },
  { additionalProperties: false },
);

const ROLE = Type.Enum(['client', 'barber', 'admin']);
export const RoleBody = Type.Object(
  {
    role: ROLE,
    email: Type.Optional(
      Type.String({
        maxLength: 254,
        pattern: PRINTABLE,
        description: 'Address of the account; needed where it has no role at the shop yet',
      }),
    ),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false, examples: [{ role: 'barber', email: 'ben@example.com' }] },
);

const USER = { id: Id, name: Type.String(), email: Type.String(), role: ROLE };
export const UserAnswer = Type.Object(USER, { description: 'The account and its role at this shop' });
const ListedUser = Type.Object({
  ...USER,
  all_shops: Type.Boolean({ description: 'Administers all shops' }),
});
export const UsersAnswer = Type.Object(
  { items: Type.Array(ListedUser), next_cursor: NextCursor },
  { description: 'A page of accounts' },
);

export function wireUser({ id, name, email, role }: ShopUser): Static<typeof UserAnswer> {
  return { id, name, email, role };
}

export function wireListedUser(user: ShopUser): Static<typeof ListedUser> {
  return { ...wireUser(user), all_shops: user.allShops };
}
