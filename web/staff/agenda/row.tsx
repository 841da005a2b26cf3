import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { staffWords } from '../../words/staff.ts';
import { bookableFrom, type Line, timesOf } from '../day/plan.ts';
import { useDesk } from '../desk-context.ts';
import { StatusPill } from '../status-pill.tsx';
import { QuickActions } from './quick-actions.tsx';

/** A line of a day: a booking, time off, or what is free. */
export function Row({ line, onOpen }: { readonly line: Line; readonly onOpen: () => void }) {
  const { shop } = useDesk();
  const formats = useFormats();
  const { start, end } = timesOf(line);
  const now = Date.now();
  const status = line.kind === 'booking' ? line.booking.status : line.kind;
  return (
    <tr
      class={`agenda-row agenda-${status}`}
      aria-current={Date.parse(start) <= now && now < Date.parse(end) ? 'time' : undefined}
    >
      <th scope="row" class="number">
        <span>{formats.time(start, shop.timezone)}</span>
        <span class="agenda-end">
          <span class="unseen"> – </span>
          {formats.time(end, shop.timezone)}
        </span>
      </th>
      <td>
        <div class="agenda-what">
          <What line={line} onOpen={onOpen} />
        </div>
      </td>
    </tr>
  );
}

function What({ line, onOpen }: { readonly line: Line; readonly onOpen: () => void }) {
  const { shop } = useDesk();
  const words = useWords(staffWords);
  const formats = useFormats();
  if (line.kind === 'booking') {
    const { booking } = line;
    return (
      <>
        <div>
          <button type="button" class="agenda-open" data-entry={`booking-${booking.id}`} onClick={onOpen}>
            {booking.client?.name ?? words.walkIn}
          </button>
          <span class="agenda-about">
            {booking.service} <span class="muted">· {formats.duration(booking.duration_minutes)}</span>
          </span>
          {booking.notes && <span class="agenda-notes muted small">{booking.notes}</span>}
        </div>
        {booking.status !== 'confirmed' && <StatusPill status={booking.status} />}
        <QuickActions booking={booking} />
      </>
    );
  }
  if (line.kind === 'off')
    return (
      <div>
        <button type="button" class="agenda-open" onClick={onOpen}>
          {words.timeOff}
        </button>
        {line.off.reason && <span class="agenda-about">{line.off.reason}</span>}
      </div>
    );
  const minutes = (Date.parse(line.end) - Date.parse(line.start)) / 60_000;
  return (
    <>
      <span class="muted">
        {words.free} · {formats.duration(minutes)}
      </span>
      <button type="button" class="button quiet" onClick={onOpen}>
        {words.book}
        <span class="unseen"> {formats.time(bookableFrom(line, Date.now()), shop.timezone)}</span>
      </button>
    </>
  );
}
