import { glanceWords } from '../../words/cache/glance.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import type { Stats } from '../wire.ts';

/** What became of all reads since this server started. */
export function Counted({ stats }: { readonly stats: Stats }) {
  const words = useWords(glanceWords);
  const figures = useFigures();
  const { hit_rate, hits, misses, time_saved_ms } = stats.cache_stats;
  const { hit, miss } = stats.latency_ms;
  const orNone = (value: number | null, write: (value: number) => string) =>
    value === null ? words.none : write(value);
  const rows: [string, string, string?][] = [
    [words.hitRate, orNone(hit_rate, figures.percent)],
    [words.hits, figures.count(hits)],
    [words.misses, figures.count(misses)],
    [words.saved, figures.milliseconds(time_saved_ms)],
    [words.hitTime, orNone(hit.p50, figures.milliseconds), words.inHalf],
    [words.missTime, orNone(miss.p50, figures.milliseconds), words.inHalf],
    [words.held, orNone(stats.tiers.process.entries, figures.count)],
  ];
  return (
    <div class="stack cache-counted">
      <p class="muted small">{words.sinceStart(figures.lasting(stats.uptime_seconds))}</p>
      <dl>
        {rows.map(([name, value, about]) => (
          <div key={name}>
            <dt class="muted small">{name}</dt>
            <dd>
              <strong class="number">{value}</strong>
              {about && <span class="muted small">{about}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
