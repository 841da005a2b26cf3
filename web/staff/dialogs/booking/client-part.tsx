import { api } from '../../../api/client.ts';
import { useResource } from '../../../api/resource.ts';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { useDesk } from '../../desk-context.ts';
import { StatusPill } from '../../status-pill.tsx';
import type { KnownClient, StaffBooking } from '../../wire.ts';

/** How many earlier visits a barber looks at. */
const VISITS = 5;

/** Who the client is: how to reach them, and what they had before. Nothing for a walk-in without a name. */
export function ClientPart({ booking }: { readonly booking: StaffBooking }) {
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const { slug } = useDesk();
  const { client } = booking;
  const known = useResource(client === null ? undefined : `client of ${booking.id}`, async (signal) => {
    const query = client?.email ?? client?.phone ?? client?.name;
    const found = await api.get<{ items: KnownClient[] }>('/api/v2/staff/clients', {
      query: { shop: slug, query },
      signal,
    });
    return found.items.find(({ bookings }) => bookings.some(({ id }) => id === booking.id)) ?? null;
  });
  if (client === null) return null;
  const visits = (known.value?.bookings ?? []).filter(
    ({ id, start }) => id !== booking.id && Date.parse(start) < Date.parse(booking.start),
  );
  return (
    <section class="staff-dialog-part">
      <h3>{texts.contact}</h3>
      {client.phone === null && client.email === null && <p class="muted">{texts.noContact}</p>}
      <div class="dialog-actions">
        {client.phone !== null && (
          <a class="button" href={`tel:${client.phone.replace(/[^+\d]/g, '')}`}>
            {texts.call} <span class="number">{client.phone}</span>
          </a>
        )}
        {client.email !== null && (
          <a class="button" href={`mailto:${client.email}`}>
            {texts.write} {client.email}
          </a>
        )}
      </div>
      <h3>{texts.lastVisits}</h3>
      {known.value === undefined && known.error === undefined && <Skeleton height="1.5rem" />}
      <ErrorNotice error={known.value === undefined ? known.error : undefined} />
      {known.value !== undefined && visits.length === 0 && <p class="muted">{texts.firstVisit}</p>}
      <ul class="plain staff-visits">
        {visits.slice(0, VISITS).map((visit) => (
          <li key={visit.id}>
            <span>
              {formats.shortDate(visit.date)} · {visit.service} · {visit.barber_name}
            </span>
            {visit.status !== 'confirmed' && <StatusPill status={visit.status} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
