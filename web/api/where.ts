/** What the address says. */

/** The slug in `?shop=`; undefined is the first shop. Whatever is no slug would end up in links. */
export function shopOfQuery(): string | undefined {
  const asked = new URLSearchParams(location.search).get('shop');
  return asked !== null && /^[a-z0-9-]+$/.test(asked) ? asked : undefined;
}
