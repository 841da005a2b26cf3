import { shownZone } from '../../picker/zone.ts';
import { bookingWords } from '../../words/booking.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { Choice } from '../location.ts';
import { type Catalogue, offering } from '../shop.ts';

export interface SummaryProps {
  readonly catalogue: Catalogue;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** What was chosen so far; each can be changed without losing the others. */
export function Summary({ catalogue, choice, onChange }: SummaryProps) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const { shop, services, barbers } = catalogue;
  const { service, barber, date, start } = choice;
  const [one] = offering(barbers, service ?? '').filter((offer) => offer.barber.id === barber);
  const offer = one?.offer ?? services.find(({ name }) => name === service);
  const rows = [
    service !== undefined && {
      label: words.service,
      value: service,
      note: offer && `${formats.duration(offer.duration_minutes)} · ${formats.price(offer.price)}`,
      change: { barber },
    },
    barber !== undefined && {
      label: words.barber,
      value: one?.barber.name ?? words.anyone,
      change: { service },
    },
    start !== undefined && {
      label: words.when,
      value: formats.moment(start, shownZone(shop.timezone, start)),
      change: { service, barber, date },
    },
  ].filter((row) => row !== false);
  return (
    <aside class="summary card" aria-label={words.steps}>
      <p class="summary-shop">{shop.name}</p>
      <dl>
        {rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd>
              <span>
                <strong>{row.value}</strong>
                {row.note !== undefined && <span class="small muted"> {row.note}</span>}
              </span>
              <button
                type="button"
                class="button quiet small"
                aria-label={words.change(row.label)}
                onClick={() => onChange(row.change)}
              >
                {words.changeShort}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
