import { useMedia } from '../../ui/media.ts';
import { demandWords } from '../../words/cache/demand.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import type { Forecast } from '../wire.ts';
import { levelOf, weekOf } from './week.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** The reads of each hour of the usual week. On a phone the hours go down, so that nothing scrolls sideways. */
export function HeatMap({ forecast }: { readonly forecast: Forecast }) {
  const words = useWords(demandWords);
  const figures = useFigures();
  const { weekday } = useFormats();
  const isNarrow = useMedia('(max-width: 60rem)');
  const { readsAt, busiest } = weekOf(forecast.peak_hours);
  const cell = (day: number, hour: number) => {
    const reads = readsAt(day, hour);
    return (
      <td key={`${day} ${hour}`} class={`level-${levelOf(reads, busiest?.reads ?? 0)} number`}>
        <span aria-hidden="true">{figures.brief(reads)}</span>
        <span class="unseen">{words.cell(weekday(day), figures.hour(hour), figures.significant(reads))}</span>
      </td>
    );
  };
  return (
    <div class="card cache-week">
      <h3 id="cache-week">{words.week}</h3>
      <p class="muted small">
        {words.weekAbout(figures.count(forecast.history_hours))}{' '}
        {busiest &&
          words.busiest(
            weekday(busiest.weekday),
            figures.hour(busiest.hour),
            figures.significant(busiest.reads),
          )}
      </p>
      <table aria-labelledby="cache-week">
        <thead>
          <tr>
            <th scope="col">{words.hour}</th>
            {isNarrow
              ? WEEKDAYS.map((day) => (
                  <th key={day} scope="col">
                    {weekday(day, 'short')}
                  </th>
                ))
              : HOURS.map((hour) => (
                  <th key={hour} scope="col">
                    {figures.hour(hour)}
                  </th>
                ))}
          </tr>
        </thead>
        <tbody>
          {isNarrow
            ? HOURS.map((hour) => (
                <tr key={hour}>
                  <th scope="row">{figures.hour(hour)}</th>
                  {WEEKDAYS.map((day) => cell(day, hour))}
                </tr>
              ))
            : WEEKDAYS.map((day) => (
                <tr key={day}>
                  <th scope="row">{weekday(day, 'short')}</th>
                  {HOURS.map((hour) => cell(day, hour))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}
