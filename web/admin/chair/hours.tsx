import { api } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { chairWords } from '../../words/admin/chair.ts';
import { useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import { WeekForm } from '../week/week-form.tsx';
import type { WeekPeriod } from '../wire.ts';

export interface ChairHoursProps {
  readonly barberId: number;
  readonly onChange?: () => void;
}

/** The usual week of a barber. */
export function ChairHours({ barberId, onChange }: ChairHoursProps) {
  const words = useWords(chairWords);
  const { slug } = useScope();
  const path = `/api/v2/admin/barbers/${barberId}/hours`;
  const query = { shop: slug };
  const hours = useResource(`${path} ${slug ?? ''}`, (signal) =>
    api.get<{ weekly_hours: WeekPeriod[] }>(path, { query, signal }),
  );
  return (
    <>
      <p class="muted">{words.hoursAbout}</p>
      {hours.value === undefined ? (
        <>
          <ErrorNotice error={hours.error} />
          <Skeleton height="5rem" lines={7} />
        </>
      ) : (
        <WeekForm
          name={`barbers/${barberId}/hours`}
          field="weekly_hours"
          saved={hours.value.weekly_hours}
          open={words.works}
          closed={words.free}
          said={words.hoursSaved}
          send={(weekly_hours) => api.put(path, { query, body: { weekly_hours } })}
          onSaved={() => {
            hours.reload();
            onChange?.();
          }}
        />
      )}
    </>
  );
}
