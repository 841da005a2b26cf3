import { everything } from '../../api/client.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import type { ManagedBarber, ManagedService } from '../wire.ts';
import { useScope } from './scope.ts';

/** Everything that the shop offers and did, and everybody who works or worked there. */
export function useServices(): Resource<ManagedService[]> {
  return useList<ManagedService>('/api/v2/admin/services');
}

export function useBarbers(): Resource<ManagedBarber[]> {
  return useList<ManagedBarber>('/api/v2/admin/barbers');
}

function useList<T>(path: string): Resource<T[]> {
  const { slug } = useScope();
  return useResource(`${path} ${slug ?? ''}`, (signal) =>
    everything<T>(path, { query: { shop: slug }, signal }),
  );
}
