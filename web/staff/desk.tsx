import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { Away } from '../api/client.ts';
import type { Barber, Shop } from '../api/wire.ts';
import { dateIn, weekOf } from '../time/dates.ts';
import { useMedia } from '../ui/media.ts';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/language.ts';
import { staffWords } from '../words/staff.ts';
import { useAddress } from './bar/address.ts';
import { Bar } from './bar/bar.tsx';
import { Board } from './board.tsx';
import { useNews } from './day/news.ts';
import { versionOf } from './day/plan.ts';
import { chairsOf, type Schedule, useSchedule } from './day/schedule.ts';
import { DeskContext, type DeskView } from './desk-context.ts';
import { Dialogs, type Opened } from './dialogs/dialogs.tsx';

export interface DeskProps {
  readonly slug: string | undefined;
  readonly shop: Shop;
  readonly barbers: readonly Barber[];
}

/** Where columns of several barbers have no room beside each other. */
const NARROW = '(max-width: 48rem)';

/** The day or the week: what is shown of it, and everything that can be done there. */
export function Desk({ slug, shop, barbers }: DeskProps) {
  const words = useWords(staffWords);
  const formats = useFormats();
  const narrow = useMedia(NARROW);
  const [address, go] = useAddress();
  const [busy, setBusy] = useState(false);
  const [opened, open] = useState<Opened>();
  const today = dateIn(shop.timezone, useNow());
  const { view, date = today } = address;
  const dates = useMemo(() => (view === 'week' ? weekOf(date) : [date]), [view, date]);
  const followed = useSchedule(slug, dates, busy);
  const { value: schedule, error, current, reload } = followed;
  const own = useRef(new Set<string>());
  const news = useNews(followed, own.current);
  const remember = useCallback((booking: { id: number; version: number }) => {
    own.current.add(versionOf(booking));
  }, []);

  const drawn = useMemo(
    () => schedule && (address.cancelled ? schedule : withoutCancelled(schedule)),
    [schedule, address.cancelled],
  );
  const chairs = useMemo(() => (drawn ? chairsOf(drawn, barbers) : []), [drawn, barbers]);
  const desk = useMemo(
    (): DeskView | undefined =>
      schedule && drawn && { slug, shop, barbers, schedule, drawn, chairs, today, reload, own: remember },
    [slug, shop, barbers, schedule, drawn, chairs, today, reload, remember],
  );
  const layout = address.layout ?? (narrow ? 'list' : 'grid');
  const needsOne = view === 'week' || narrow;
  const chosen = chairs.find(({ id }) => id === address.barberId) ?? (needsOne ? chairs[0] : undefined);
  // The same as long as it is the same: the calendar is drawn anew with another.
  const shown = useMemo(() => (chosen === undefined ? chairs : [chosen]), [chosen, chairs]);
  const range =
    dates.length === 1 ? formats.date(date) : formats.dateRange(dates[0] ?? date, dates.at(-1) ?? date);

  return (
    <div class="desk">
      <Bar
        {...{ range, date, today, chairs, chosen, needsOne, layout, go }}
        view={view}
        cancelled={address.cancelled}
        ready={desk !== undefined}
      />
      <div class="desk-work">
        <button
          type="button"
          class="button primary"
          disabled={chairs.length === 0}
          onClick={() => open({ kind: 'new', barberId: chosen?.id, date })}
        >
          {words.newBooking}
        </button>
        <button
          type="button"
          class="button"
          disabled={chairs.length === 0}
          onClick={() => open({ kind: 'block', barberId: chosen?.id, date })}
        >
          {words.blockTime}
        </button>
        <p class="desk-news small" role="status">
          {news}
        </p>
      </div>
      {/* That the server is away is said above, and it comes back. That it refuses makes what is shown old. */}
      <ErrorNotice error={current && error instanceof Away ? undefined : error} />
      {!current && error === undefined && <Skeleton height="5rem" lines={6} />}
      {desk !== undefined && (
        <DeskContext.Provider value={desk}>
          {current &&
            (chairs.length === 0 ? (
              <Notice kind="info">{words.nobodyHere}</Notice>
            ) : (
              <Board {...{ view, layout, range }} chairs={shown} onBusy={setBusy} onOpen={open} />
            ))}
          {/* Not of the board, which goes with its dates: what is typed stays. */}
          <Dialogs opened={opened} onOpen={open} />
        </DeskContext.Provider>
      )}
    </div>
  );
}

function withoutCancelled(schedule: Schedule): Schedule {
  return { ...schedule, bookings: schedule.bookings.filter(({ status }) => status !== 'cancelled') };
}
