/**
 * Where to go after signing in: the `next` of a query (`?next=%2Faccount`) if it is a path of ours, as an address;
 * undefined for anything that would lead elsewhere. A browser reads `//host`, `/\host` and `/%09/host` as hosts.
 */
export function nextOf(search: string, origin: string): string | undefined {
  const asked = new URLSearchParams(search).get('next');
  if (asked === null || !/^\/(?![/\\])/.test(asked) || !URL.canParse(asked, origin)) return undefined;
  const url = new URL(asked, origin);
  // A whole address: `/.//host` becomes a path that would be read as a host.
  return url.origin === origin && url.pathname !== '/sign-in' ? url.href : undefined;
}
