import { demandWords } from '../../words/cache/demand.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { Forecast } from '../wire.ts';
import { type DaySpan, sharesOf } from './day-shares.ts';

/** What else is known of demand: what will be warmed, how good the forecast is, which days are asked for. */
export function Outlook({ forecast }: { readonly forecast: Forecast }) {
  const words = useWords(demandWords);
  const { percent } = useFigures();
  const spans: readonly DaySpan[] = ['past', 'today', 'tomorrow', 'week', 'month', 'later'];
  const shares = sharesOf(forecast.days_ahead);
  return (
    <div class="stack">
      <section class="card cache-outlook">
        <h3>{words.nextTitle}</h3>
        <p>
          <NextWarmUp next={forecast.next_warm_up} />
        </p>
      </section>
      <section class="card cache-outlook">
        <h3>{words.errorTitle}</h3>
        <p>
          <Quality error={forecast.error} />
        </p>
      </section>
      <section class="card cache-outlook">
        <h3>{words.daysAhead}</h3>
        <dl class="cache-shares">
          {spans.map((span) => {
            const share = 100 * (shares.get(span) ?? 0);
            return (
              <div key={span}>
                <dt>{words.days[span]}</dt>
                <dd class="number">{percent(share)}</dd>
                <dd class="cache-share" aria-hidden="true">
                  <span style={{ width: `${share}%` }} />
                </dd>
              </div>
            );
          })}
        </dl>
      </section>
    </div>
  );
}

function NextWarmUp({ next }: { readonly next: Forecast['next_warm_up'] }) {
  const words = useWords(demandWords);
  const figures = useFigures();
  const { timezone } = usePlace();
  if (next === null) return <>{words.noNext}</>;
  return (
    <>
      {words.next(
        figures.time(next.at, timezone),
        words.dayCount(next.days),
        words.barberCount(next.barbers),
        words.loadCount(next.loads),
        words.readCount(figures.count(next.saved_reads)),
      )}
    </>
  );
}

function Quality({ error: { wape, naive_wape } }: { readonly error: Forecast['error'] }) {
  const words = useWords(demandWords);
  const { percent } = useFigures();
  if (wape === null) return <>{words.noError}</>;
  const beside =
    naive_wape === null
      ? words.noNaive
      : wape < naive_wape
        ? words.better(percent(naive_wape))
        : words.worse(percent(naive_wape));
  return (
    <>
      {words.error(percent(wape))} {beside}
    </>
  );
}
