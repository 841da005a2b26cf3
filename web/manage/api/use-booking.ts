import { useEffect, useRef, useState } from 'preact/hooks';
import { useLive } from '../../api/live.ts';
import { useOnce } from '../../api/once.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import type { Booking } from '../../api/wire.ts';
import { cancelBooking, changeBooking, type Ref } from './calls.ts';
import type { ChangeOf } from './wire.ts';

/** A booking that follows what becomes of it, and what can be done with it. */
export interface ManagedBooking extends Pick<Resource<Booking>, 'error' | 'reload'> {
  readonly value: Booking | undefined;
  /** Whether it was changed while it was looked at, and not from here. */
  readonly changedElsewhere: boolean;
  /** Against the version that is shown; `version_conflict` also loads the present one. */
  change(body: ChangeOf): Promise<Booking>;
  cancel(): Promise<Booking>;
}

/** `load` answers the booking of this `key`; `manageToken` opens it to a guest. */
export function useBooking(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<Booking>,
  manageToken?: string,
): ManagedBooking {
  const { value: loaded, error, reload } = useResource(key, load);
  const [answered, setAnswered] = useState<Booking>();
  const [known, setKnown] = useState<number>();
  const [acting, setActing] = useState(false);
  const once = useOnce<Booking>();
  const value = newer(loaded, answered);
  // What was drawn earlier may act later, as an undo does.
  const current = useRef(value);
  current.current = value;

  useLive(value && { shop: value.shop, date: value.date, barberId: value.barber_id }, reload);
  useEffect(() => {
    if (known === undefined) setKnown(value?.version);
  }, [known, value?.version]);

  async function act(
    name: string,
    body: object,
    send: (booking: Booking, ref: Ref, key: string) => Promise<Booking>,
  ) {
    const { current: booking } = current;
    if (booking === undefined) throw new Error('There is no booking yet');
    const { id } = booking;
    setActing(true);
    try {
      const changed = await once({ name, id, body }, (onceKey) =>
        send(booking, { id, manageToken }, onceKey),
      );
      setAnswered(changed);
      setKnown(changed.version);
      return changed;
    } catch (cause) {
      reload();
      throw cause;
    } finally {
      setActing(false);
    }
  }

  return {
    value,
    error,
    reload,
    changedElsewhere: !acting && known !== undefined && value !== undefined && value.version !== known,
    change: (body) =>
      act('change', body, ({ version }, ref, onceKey) => changeBooking(ref, version, body, onceKey)),
    cancel: () => act('cancel', {}, (_, ref, onceKey) => cancelBooking(ref, onceKey)),
  };
}

/** An answer to a change may be here before, or after, what was loaded. */
function newer(loaded: Booking | undefined, answered: Booking | undefined): Booking | undefined {
  if (answered === undefined || loaded === undefined || answered.id !== loaded.id) return loaded;
  return answered.version > loaded.version ? answered : loaded;
}
