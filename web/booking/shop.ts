import { api, everything } from '../api/client.ts';
import { type Resource, useResource } from '../api/resource.ts';
import type { Barber, Service, Shop } from '../api/wire.ts';

export interface Catalogue {
  readonly shop: Shop;
  readonly services: readonly Service[];
  readonly barbers: readonly Barber[];
}

/** The shop, and what it offers by whom. Rejects with `not_found` where there is none of this slug. */
export function useCatalogue(slug: string | undefined): Resource<Catalogue> {
  return useResource(slug ?? '', async (signal) => {
    const ask = { query: { shop: slug }, signal };
    const [shop, services, barbers] = await Promise.all([
      api.get<Shop>('/api/v2/shop', ask),
      everything<Service>('/api/v2/services', ask),
      everything<Barber>('/api/v2/barbers', ask),
    ]);
    return { shop, services, barbers };
  });
}

/** Who offers the service, and for how much and how long each. */
export function offering(barbers: readonly Barber[], service: string): { barber: Barber; offer: Service }[] {
  return barbers.flatMap((barber) => {
    const offer = barber.services.find(({ name }) => name === service);
    return offer === undefined ? [] : [{ barber, offer }];
  });
}
