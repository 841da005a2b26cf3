import { api, everything, Refused } from '../../api/client.ts';
import type { ShopUser } from '../wire.ts';
import type { Role } from './roles.tsx';

/** Gives the role at the shop; `email` stands for knowing somebody who has none there yet. */
export function setRole(
  slug: string | undefined,
  { id, email }: Pick<ShopUser, 'id' | 'email'>,
  role: Role,
): Promise<ShopUser> {
  return api.put<ShopUser>(`/api/v2/admin/users/${id}/role`, {
    query: { shop: slug },
    body: { role, email },
  });
}

/** The account of an address; undefined where there is none. */
export async function accountOf(slug: string | undefined, address: string): Promise<ShopUser | undefined> {
  const email = address.trim().toLowerCase();
  const found = await everything<ShopUser>('/api/v2/admin/users', { query: { shop: slug, query: email } });
  return found.find((user) => user.email === email);
}

/** Who tried to take the last ownership away, or one of somebody else's. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Refused && error.code === 'forbidden';
}
