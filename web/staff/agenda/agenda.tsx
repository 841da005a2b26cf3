import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { staffWords } from '../../words/staff.ts';
import type { Entry } from '../calendar/entries.ts';
import { bookableFrom, linesOf, takesTime } from '../day/plan.ts';
import type { Chair } from '../day/schedule.ts';
import { useDesk } from '../desk-context.ts';
import { dateOf, timeOf, wallAt } from '../time/wall-clock.ts';
import './agenda.css';
import { Row } from './row.tsx';

export interface Place {
  readonly barberId: number;
  readonly date: string;
  /** HH:MM */
  readonly time: string;
}

export interface AgendaProps {
  readonly view: 'day' | 'week';
  readonly chairs: readonly Chair[];
  readonly onOpen: (entry: Entry) => void;
  readonly onBook: (place: Place) => void;
}

/** The same as the calendar as tables: a barber's day, or each day of a week, with what is free in between. */
export function Agenda({ view, chairs, onOpen, onBook }: AgendaProps) {
  const { drawn } = useDesk();
  const formats = useFormats();
  return (
    <div class="agenda">
      {drawn.dates.flatMap((date) =>
        chairs.map((chair) => (
          <Part
            key={`${date} ${chair.id}`}
            {...{ chair, date, onOpen, onBook }}
            title={view === 'week' ? formats.date(date) : chair.name}
          />
        )),
      )}
    </div>
  );
}

interface PartProps extends Pick<AgendaProps, 'onOpen' | 'onBook'> {
  readonly chair: Chair;
  readonly date: string;
  readonly title: string;
}

function Part({ chair, date, title, onOpen, onBook }: PartProps) {
  const words = useWords(staffWords);
  const { drawn, shop } = useDesk();
  const lines = linesOf(drawn, chair.id, date, shop.slot_duration_minutes).filter(
    (line) => line.kind !== 'free' || Date.parse(line.end) > Date.now(),
  );
  const count = lines.filter((line) => line.kind === 'booking' && takesTime(line.booking)).length;
  return (
    <section class="agenda-part" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span class="muted small">{words.bookings(count)}</span>
      </header>
      {lines.length === 0 ? (
        <p class="muted agenda-nothing">{words.closedToday}</p>
      ) : (
        <table>
          <thead class="unseen">
            <tr>
              <th scope="col">{words.time}</th>
              <th scope="col">{words.client}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row
                key={line.kind === 'booking' ? line.booking.id : `${line.kind} ${JSON.stringify(line)}`}
                line={line}
                onOpen={() => {
                  if (line.kind === 'booking') onOpen(line);
                  if (line.kind === 'off') onOpen({ ...line, barberId: chair.id });
                  if (line.kind === 'free') {
                    const wall = wallAt(bookableFrom(line, Date.now()), shop.timezone);
                    onBook({ barberId: chair.id, date: dateOf(wall), time: timeOf(wall) });
                  }
                }}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
