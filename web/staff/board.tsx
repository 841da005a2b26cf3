import { toast } from '../ui/toast.tsx';
import { useWords } from '../words/language.ts';
import { staffWords } from '../words/staff.ts';
import { Agenda } from './agenda/agenda.tsx';
import type { Layout, View } from './bar/address.ts';
import { CalendarGrid, type Drop } from './calendar/calendar.tsx';
import type { Entry } from './calendar/entries.ts';
import { type Actions, useActions } from './day/actions.ts';
import type { Chair } from './day/schedule.ts';
import { useDesk } from './desk-context.ts';
import type { Opened } from './dialogs/dialogs.tsx';
import { useFocusKept } from './focus-entry.ts';
import { dateOf, timeOf } from './time/wall-clock.ts';

export interface BoardProps {
  readonly view: View;
  readonly layout: Layout;
  readonly chairs: readonly Chair[];
  /** What is shown, for people. */
  readonly range: string;
  readonly onOpen: (opened: Opened) => void;
  /** While somebody drags, nothing is taken in. */
  readonly onBusy: (busy: boolean) => void;
}

/** The calendar or the list. */
export function Board({ view, layout, chairs, range, onOpen: open, onBusy }: BoardProps) {
  const words = useWords(staffWords);
  const { shop, drawn: schedule } = useDesk();
  const actions = useActions();
  useFocusKept(schedule);
  const openEntry = (entry: Entry) =>
    open(
      entry.kind === 'booking'
        ? { kind: 'booking', booking: entry.booking }
        : { kind: 'off', off: entry.off, barberId: entry.barberId },
    );
  return layout === 'grid' ? (
    <CalendarGrid
      {...{ view, schedule, chairs }}
      timeZone={shop.timezone}
      slotMinutes={shop.slot_duration_minutes}
      label={words.calendarOf(range)}
      onOpen={openEntry}
      onPick={(barberId, wall) => open({ kind: 'new', barberId, date: dateOf(wall), time: timeOf(wall) })}
      onDrop={(drop) => void dropped(drop, actions, words, open)}
      onDragging={onBusy}
    />
  ) : (
    <Agenda {...{ chairs, view }} onOpen={openEntry} onBook={(place) => open({ kind: 'new', ...place })} />
  );
}

async function dropped(
  { booking, barberId, wall, revert }: Drop,
  actions: Actions,
  words: (typeof staffWords)['en'],
  open: (opened: Opened) => void,
): Promise<void> {
  const target = actions.targetAt(booking, barberId, wall);
  try {
    await actions.move(booking, target);
  } catch (error) {
    revert();
    toast({
      kind: 'bad',
      text: words.moveFailed(booking.client?.name ?? words.walkIn, actions.explain(error, booking, target)),
      action: {
        label: words.chooseTime,
        run: () => open({ kind: 'booking', booking, moving: true }),
      },
    });
  }
}
