import { api, Refused } from './client.ts';
import { type Resource, useResource } from './resource.ts';
import type { Me } from './wire.ts';

/** Who is signed in, and as what at this shop; null for nobody. */
export function useMe(shop: string | undefined): Resource<Me | null> {
  return useResource(`me ${shop ?? ''}`, (signal) => me(shop, signal));
}

async function me(shop: string | undefined, signal: AbortSignal): Promise<Me | null> {
  return api.get<Me>('/api/v2/me', { query: { shop }, signal }).catch((error: unknown) => {
    if (error instanceof Refused && error.problem.status === 401) return null;
    throw error;
  });
}

/** And goes on to a page of ours. */
export async function signOut(next = '/'): Promise<void> {
  await api.post('/api/auth/sign-out', { body: {} });
  forgetVisitor();
  location.assign(next);
}

/** Whoever uses this tab next learns nothing of who did before. */
export function forgetVisitor(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Storage can be forbidden.
  }
}

/** The sign-in page, which comes back to where one is now. */
export function signInLink(): string {
  if (location.pathname === '/sign-in') return location.pathname + location.search;
  return `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
}
