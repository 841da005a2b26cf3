import { everything } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import type { Barber } from '../../api/wire.ts';
import { usePlace } from '../frame/place.ts';

/** Everybody who is active; nobody until they are known. */
export function useBarbers(): readonly Barber[] {
  const { shop } = usePlace();
  const barbers = useResource(`barbers ${shop ?? ''}`, (signal) =>
    everything<Barber>('/api/v2/barbers', { query: { shop }, signal }),
  );
  return barbers.value ?? [];
}
