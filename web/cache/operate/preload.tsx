import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { operateWords } from '../../words/cache/operate.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { Preloaded } from '../wire.ts';

/** What every read needs besides the days. */
export function Preload() {
  const words = useWords(operateWords);
  const { count, milliseconds } = useFigures();
  const { shop } = usePlace();
  const [stats, setStats] = useState<Preloaded['stats']>();
  const { busy, error, run } = useSubmit(async () => {
    const answer = await api.post<Preloaded>('/api/v2/cache/preload', { query: { shop }, body: {} });
    setStats(answer.stats);
  });

  return (
    <div class="card stack">
      <h3>{words.preloadTitle}</h3>
      <p class="muted">{words.preloadAbout}</p>
      <div>
        <button type="button" class="button" aria-disabled={busy} onClick={run}>
          {words.preload}
        </button>
      </div>
      <ErrorNotice error={error} />
      <div role="status">
        {stats && (
          <Notice kind="good">
            <p>
              {words.preloaded(
                count(stats.cached),
                count(stats.already_fresh),
                milliseconds(stats.duration_ms),
              )}
            </p>
          </Notice>
        )}
      </div>
    </div>
  );
}
