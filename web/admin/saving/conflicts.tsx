import { useEffect, useId, useRef } from 'preact/hooks';
import { Notice } from '../../ui/notice.tsx';
import { savingWords } from '../../words/admin/saving.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import type { Conflict } from '../wire.ts';
import './conflicts.css';

export interface ConflictsProps {
  readonly conflicts: readonly Conflict[];
  readonly onClose: () => void;
}

/** What was saved leaves these bookings in the air: who they are of, and where to move them. */
export function Conflicts({ conflicts, onClose }: ConflictsProps) {
  const words = useWords(savingWords);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    // It may be far from the button; whoever pressed it is brought here, and hears it.
    if (conflicts.length > 0) heading.current?.focus();
  }, [conflicts]);
  if (conflicts.length === 0) return null;
  return (
    <section class="admin-conflicts" aria-labelledby={id}>
      <Notice kind="warn">
        <h3 id={id} ref={heading} tabIndex={-1}>
          {words.conflicts(conflicts.length)}
        </h3>
        <p>{words.conflictsHelp}</p>
        <ul class="plain">
          {conflicts.map((booking) => (
            <ConflictingBooking key={booking.id} booking={booking} />
          ))}
        </ul>
        <p>
          <button type="button" class="button small" onClick={onClose}>
            {words.understood}
          </button>
        </p>
      </Notice>
    </section>
  );
}

function ConflictingBooking({ booking }: { booking: Conflict }) {
  const words = useWords(savingWords);
  const formats = useFormats();
  const { slug } = useScope();
  const { client, service, barber_name, date, time } = booking;
  const query = new URLSearchParams({ date, ...(slug !== undefined && { shop: slug }) });
  const who = client?.name ?? words.walkIn;
  return (
    <li>
      <div>
        <strong>{who}</strong>
        <p class="small">{words.booked(service, barber_name)}</p>
        <p class="small number">
          {formats.shortDate(date)}, {formats.clock(time)}
        </p>
      </div>
      <a href={`/staff?${query}`}>
        {words.openDay}
        <span class="unseen">: {words.of(who, formats.date(date))}</span>
      </a>
    </li>
  );
}
