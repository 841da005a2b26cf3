import { useEffect, useRef, useState } from 'preact/hooks';
import type { Booking, Me, Shop } from '../../api/wire.ts';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';
import type { ManagedBooking } from '../api/use-booking.ts';
import { Actions } from './actions.tsx';
import './booking-view.css';
import { Cancel } from './cancel.tsx';
import { History } from './history/history.tsx';
import { Move } from './move/move.tsx';
import { Notes } from './notes.tsx';
import { Ticket } from './ticket.tsx';

export interface BookingViewProps {
  readonly booking: Booking;
  readonly managed: ManagedBooking;
  readonly shop: Shop;
  readonly me: Me | null | undefined;
  readonly manageToken?: string | undefined;
}

/** One booking, and all that its client can do with it. */
export function BookingView({ booking, managed, shop, me, manageToken }: BookingViewProps) {
  const words = useWords(manageWords);
  const [open, setOpen] = useState<'move' | 'cancel'>();
  const [finished, setFinished] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const mover = useRef<HTMLButtonElement>(null);
  // The button that began it may be gone.
  useEffect(() => {
    if (finished > 0) heading.current?.focus();
  }, [finished]);
  const close = () => setOpen(undefined);
  const done = () => {
    close();
    setFinished((times) => times + 1);
  };
  const keep = () => {
    close();
    mover.current?.focus();
  };

  return (
    <div class="booking-view">
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <div role="status">{managed.changedElsewhere && <Notice kind="info">{words.changed}</Notice>}</div>
      <Ticket booking={booking} shop={shop}>
        <Actions
          booking={booking}
          shop={shop}
          me={me}
          manageToken={manageToken}
          isMoving={open === 'move'}
          mover={mover}
          onMove={() => setOpen(open === 'move' ? undefined : 'move')}
          onCancel={() => setOpen('cancel')}
        />
      </Ticket>
      {open === 'move' && booking.status === 'confirmed' && (
        <Move booking={booking} shop={shop} change={managed.change} onDone={done} onClose={keep} />
      )}
      <div class="booking-more">
        <Notes booking={booking} change={managed.change} />
        <History booking={booking} manageToken={manageToken} />
      </div>
      {open === 'cancel' && (
        <Cancel booking={booking} shop={shop} cancel={managed.cancel} onDone={done} onClose={close} />
      )}
    </div>
  );
}
