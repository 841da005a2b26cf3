import { useState } from 'preact/hooks';
import { everything } from '../../../api/client.ts';
import { useResource } from '../../../api/resource.ts';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { type Formats, useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { type DeskView, useDesk } from '../../desk-context.ts';
import type { HistoryEntry, StaffBooking, Status } from '../../wire.ts';

/** Who did what to a booking, and when; asked for when somebody wants to see it. */
export function HistoryPart({ booking }: { readonly booking: StaffBooking }) {
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const { slug } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const key = isOpen ? `history ${booking.id} ${booking.version}` : undefined;
  const history = useResource(key, (signal) =>
    everything<HistoryEntry>(`/api/v2/bookings/${booking.id}/history`, { query: { shop: slug }, signal }),
  );
  return (
    <details class="staff-dialog-part" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{texts.history}</summary>
      {isOpen && history.value === undefined && history.error === undefined && (
        <Skeleton height="1.5rem" lines={2} />
      )}
      <ErrorNotice error={history.value === undefined ? history.error : undefined} />
      <ol class="plain stack">
        {history.value?.map((entry) => (
          <li key={entry.at}>
            <span class="muted small">
              {formats.moment(entry.at, booking.timezone)} ·{' '}
              {texts.actor[entry.actor.role] ?? entry.actor.role}
            </span>
            <br />
            <Said entry={entry} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Said({ entry }: { readonly entry: HistoryEntry }) {
  const texts = useWords(staffDialogWords);
  const words = useWords(staffWords);
  const formats = useFormats();
  const desk = useDesk();
  const wasMade = entry.changes.status?.[0] === null;
  if (wasMade) return <>{texts.made}</>;
  const show = (field: string, value: unknown) =>
    value === null || value === '' ? texts.nothing : shown(field, value, words.status, formats, desk);
  return (
    <>
      {Object.entries(entry.changes)
        .filter(([field]) => field in texts.field)
        .map(([field, [before, after]]) => (
          <span key={field}>
            {texts.became(texts.field[field] ?? field, show(field, before), show(field, after))}{' '}
          </span>
        ))}
    </>
  );
}

function shown(
  field: string,
  value: unknown,
  statuses: Readonly<Record<Status, string>>,
  formats: Formats,
  { shop, chairs, barbers }: DeskView,
): string {
  const text = String(value);
  if (field === 'start') return formats.moment(text, shop.timezone);
  if (field === 'barber_id')
    return [...chairs, ...barbers].find(({ id }) => id === Number(value))?.name ?? text;
  const status = Object.entries(statuses).find(([name]) => field === 'status' && name === text);
  return status?.[1] ?? text;
}
