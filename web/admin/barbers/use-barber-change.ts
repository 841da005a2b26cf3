import { api } from '../../api/client.ts';
import { useScope } from '../frame/scope.ts';
import { type Save, useSave } from '../saving/use-save.ts';
import type { ManagedBarber } from '../wire.ts';

export interface BarberChange extends Save {
  /** Changes what `body` says of the barber; resolves to whether it was taken. */
  change(body: object, said: string): Promise<boolean>;
}

export function useBarberChange({ id }: ManagedBarber, onChange: () => void): BarberChange {
  const { slug } = useScope();
  const save = useSave();
  return {
    ...save,
    change: async (body, said) => {
      const work = () =>
        api.patch<ManagedBarber>(`/api/v2/admin/barbers/${id}`, { query: { shop: slug }, body });
      const answer = await save.run(work, { said });
      if (answer !== undefined) onChange();
      return answer !== undefined;
    },
  };
}
