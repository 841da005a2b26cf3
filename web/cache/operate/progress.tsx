import { useEffect } from 'preact/hooks';
import { api, Refused } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { operateWords } from '../../words/cache/operate.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { WarmUpJob } from '../wire.ts';

/** The server writes down how far it is once a second. */
const EVERY_MS = 700;

export interface ProgressProps {
  readonly started: WarmUpJob;
  /** Also where one may not know any more how far it is. Must stay the same function. */
  readonly onEnd: () => void;
}

/** How far a warm-up is, until its end, and then what came of it. */
export function Progress({ started, onEnd }: ProgressProps) {
  const words = useWords(operateWords);
  const { count } = useFigures();
  const { shop } = usePlace();
  const { value, error, loading, reload } = useResource<WarmUpJob>(`warm-up ${started.id}`, (signal) =>
    api.get(`/api/v2/cache/warm-up/${started.id}`, { query: { shop }, signal }),
  );
  const job = value ?? started;
  const isRefused = error instanceof Refused;
  const isOver = job.status !== 'running' || isRefused;
  useEffect(() => {
    if (isOver) return onEnd();
    if (loading) return;
    const timer = setTimeout(reload, EVERY_MS);
    return () => clearTimeout(timer);
  }, [isOver, loading, reload, onEnd]);

  const { done, total, percent } = job.progress;
  return (
    <div class="stack cache-progress">
      <label>
        <span class="unseen">{words.progress}</span>
        <progress max={100} value={percent} />
      </label>
      {total > 0 && <p class="small muted number">{words.running(count(done), count(total))}</p>}
      <div role="status">{job.status !== 'running' && <Outcome job={job} />}</div>
      <ErrorNotice error={isRefused ? error : undefined} />
    </div>
  );
}

function Outcome({ job: { status, stats, failure } }: { readonly job: WarmUpJob }) {
  const words = useWords(operateWords);
  const { count, milliseconds } = useFigures();
  if (status === 'failed')
    return (
      <Notice kind="bad">
        <p>
          <strong>{words.failed}</strong> {words.again}
        </p>
        <p lang="en">{failure}</p>
      </Notice>
    );
  return (
    <Notice kind={stats.errors === 0 ? 'good' : 'warn'}>
      <p>{words.done(count(stats.cached), count(stats.already_fresh), milliseconds(stats.duration_ms))}</p>
      {stats.errors > 0 && <p>{words.errors(count(stats.errors))}</p>}
    </Notice>
  );
}
