import type { ComponentChildren } from 'preact';
import type { Booking, Shop } from '../../api/wire.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';
import { DateBlock } from '../parts/date-block.tsx';
import { StatusPill } from '../parts/status-pill.tsx';
import './ticket.css';

export interface TicketProps {
  readonly booking: Booking;
  readonly shop: Shop;
  /** What can be done with it. */
  readonly children: ComponentChildren;
}

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What was booked, as one would pin it to the fridge. */
export function Ticket({ booking, shop, children }: TicketProps) {
  const words = useWords(manageWords);
  const formats = useFormats();
  const { start, end, timezone, status } = booking;
  const isElsewhere = formats.moment(start, OWN_ZONE) !== formats.moment(start, timezone);
  return (
    <article class={`ticket ${status === 'confirmed' ? '' : 'over'}`}>
      <div class="ticket-what">
        <DateBlock date={booking.date} faded={status !== 'confirmed'} />
        <div class="ticket-words">
          <div class="row spread ticket-head">
            <h2>{booking.service}</h2>
            <StatusPill status={status} />
          </div>
          <p class="ticket-when">
            <time dateTime={start}>{formats.date(booking.date)}</time>
            <br />
            {formats.time(start, timezone)} – {formats.time(end, timezone)}{' '}
            <span class="muted">· {formats.duration(booking.duration_minutes)}</span>
          </p>
          {isElsewhere && (
            <p class="small muted">
              {words.yourTime(formats.moment(start, OWN_ZONE), formats.zone(start, OWN_ZONE))}
            </p>
          )}
        </div>
      </div>
      <dl class="ticket-facts">
        <Fact name={words.barber}>{booking.barber_name}</Fact>
        <Fact name={words.price}>{formats.price(booking.price)}</Fact>
        <Fact name={words.where}>{shop.name}</Fact>
        <Fact name={words.number}>{booking.id}</Fact>
      </dl>
      <div class="ticket-actions">{children}</div>
    </article>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
