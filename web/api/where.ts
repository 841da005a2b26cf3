/** What the address says. */

/** The slug of the shop: `/{shop}` of a booking page, `?shop=` of the others; undefined is the first shop. */
export function shopOfQuery(): string | undefined {
  return new URLSearchParams(location.search).get('shop') ?? undefined;
}
