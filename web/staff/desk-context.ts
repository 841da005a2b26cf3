import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Barber, Shop } from '../api/wire.ts';
import type { Chair, Schedule } from './day/schedule.ts';
import type { StaffBooking } from './wire.ts';

/** What everything on the desk needs to know. */
export interface DeskView {
  /** Slug, where the address names one. */
  readonly slug: string | undefined;
  readonly shop: Shop;
  readonly barbers: readonly Barber[];
  readonly schedule: Schedule;
  /** What of it is on the screen: without what is cancelled, unless somebody wants to see it. */
  readonly drawn: Schedule;
  /** Whose columns one may see, in their order. */
  readonly chairs: readonly Chair[];
  /** Date at the shop. */
  readonly today: string;
  /** Asks for the schedule again. */
  reload(): void;
  /** Remembers that this state of the booking is one's own doing, which need not be told. */
  own(booking: Pick<StaffBooking, 'id' | 'version'>): void;
}

export const DeskContext = createContext<DeskView | undefined>(undefined);

export function useDesk(): DeskView {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('This is for the inside of the desk');
  return desk;
}
