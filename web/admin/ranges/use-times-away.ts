import { everything } from '../../api/client.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import { addDays } from '../../time/dates.ts';
import { useScope } from '../frame/scope.ts';
import { byDate, type TimeAway } from './range.ts';

/** What touches today or comes later, the soonest first; or what is over, the latest first. */
export function useTimesAway(path: string, today: string, past: boolean): Resource<TimeAway[]> {
  const { slug } = useScope();
  const query = past ? { shop: slug, to: addDays(today, -1) } : { shop: slug, from: today };
  const times = useResource(`${path} ${JSON.stringify(query)}`, (signal) =>
    everything<TimeAway>(path, { query, signal }).then((all) =>
      past
        ? all
            .filter(({ end_date }) => end_date < today)
            .sort(byDate)
            .reverse()
        : all.sort(byDate),
    ),
  );
  return { ...times, value: times.current ? times.value : undefined };
}
