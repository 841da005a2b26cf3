import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk-context.ts';
import { focusEntry } from '../focus-entry.ts';
import type { StaffBooking, TimeOff } from '../wire.ts';
import { BlockDialog } from './away/block.tsx';
import { BookingDialog } from './booking/booking.tsx';
import './dialogs.css';
import { TimeOffDialog } from './away/time-off.tsx';
import { NewBookingDialog } from './making/new-booking.tsx';

/** A place in the schedule, as far as it was pointed at. */
export interface Pointed {
  readonly barberId: number | undefined;
  readonly date: string;
  /** HH:MM */
  readonly time?: string | undefined;
}

/** Which dialog is open, and about what. */
export type Opened =
  | { readonly kind: 'booking'; readonly booking: StaffBooking; readonly moving?: boolean }
  | ({ readonly kind: 'new' } & Pointed)
  | ({ readonly kind: 'block' } & Pointed)
  | { readonly kind: 'off'; readonly off: TimeOff; readonly barberId: number };

export interface DialogsProps {
  readonly opened: Opened | undefined;
  readonly onOpen: (opened: Opened | undefined) => void;
}

export function Dialogs({ opened, onOpen }: DialogsProps) {
  const { schedule } = useDesk();
  const seen = useRef<StaffBooking | undefined>(undefined);
  useFocusReturned(opened);
  if (opened === undefined) return null;
  const onClose = () => onOpen(undefined);
  switch (opened.kind) {
    case 'booking': {
      const { id } = opened.booking;
      // As it is now; as it was last seen, while other dates are shown.
      const last = seen.current?.id === id ? seen.current : opened.booking;
      const now = schedule.bookings.find((each) => each.id === id) ?? last;
      seen.current = now;
      return <BookingDialog key={id} booking={now} moving={opened.moving ?? false} onClose={onClose} />;
    }
    case 'new':
      return (
        <NewBookingDialog
          pointed={opened}
          onClose={onClose}
          onBlock={(place) => onOpen({ kind: 'block', ...place })}
        />
      );
    case 'block':
      return (
        <BlockDialog
          pointed={opened}
          onClose={onClose}
          onBooking={(booking) => onOpen({ kind: 'booking', booking, moving: true })}
        />
      );
    case 'off':
      return <TimeOffDialog off={opened.off} barberId={opened.barberId} onClose={onClose} />;
  }
}

/**
 * The focus goes back to what a dialog was about, though it was drawn anew meanwhile; where it has gone, to the
 * heading instead of nowhere.
 */
function useFocusReturned(opened: Opened | undefined): void {
  const last = useRef<Opened | undefined>(undefined);
  useEffect(() => {
    const closed = last.current;
    last.current = opened;
    if (closed === undefined || opened !== undefined) return;
    const frame = requestAnimationFrame(() => focusEntry(idOf(closed)));
    return () => cancelAnimationFrame(frame);
  }, [opened]);
}

function idOf(opened: Opened): string | undefined {
  return opened.kind === 'booking' ? `booking-${opened.booking.id}` : undefined;
}
