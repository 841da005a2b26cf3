import { useState } from 'preact/hooks';
import { api, everything } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import { todayIn } from '../../time/dates.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { chairWords } from '../../words/admin/chair.ts';
import { rangesWords } from '../../words/admin/ranges.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import { Conflicts } from '../saving/conflicts.tsx';
import { useSave } from '../saving/use-save.ts';
import type { Override } from '../wire.ts';
import { DateDialog } from './date-dialog.tsx';
import { DateList } from './date-list.tsx';

/** Single dates on which a barber works other hours than usual, or not at all. */
export function ChairDates({ barberId }: { barberId: number }) {
  const words = useWords(chairWords);
  const saving = useWords(savingWords);
  const ranges = useWords(rangesWords);
  const { slug, shop } = useScope();
  const path = `/api/v2/admin/barbers/${barberId}/overrides`;
  const query = { shop: slug };
  const from = todayIn(shop.timezone);
  const dates = useResource(`${path} ${slug ?? ''} ${from}`, (signal) =>
    everything<Override>(path, { query: { ...query, from }, signal }),
  );
  const save = useSave();
  const removal = useSave();
  const [shown, show] = useState<Override | 'new'>();

  function open(date: Override | 'new') {
    save.forgive();
    show(date);
  }

  async function remove({ date, periods }: Override) {
    const answer = await removal.run(() => api.delete(`${path}/${date}`, { query }), {
      said: words.dateRemoved,
      undo: () => ({
        label: saving.undo,
        run: () =>
          void api
            .post(path, { query, body: { date, periods } })
            .then(dates.reload, () => toast({ text: ranges.undoFailed, kind: 'bad' })),
      }),
    });
    if (answer !== undefined) dates.reload();
  }

  return (
    <div class="stack">
      <p class="muted">{words.datesAbout}</p>
      <Conflicts conflicts={save.conflicts} onClose={save.clear} />
      <p>
        <button type="button" class="button primary" onClick={() => open('new')}>
          {words.addDate}
        </button>
      </p>
      <ErrorNotice error={removal.error ?? (dates.value === undefined ? dates.error : undefined)} />
      {dates.value === undefined ? (
        <Skeleton height="4.5rem" lines={3} />
      ) : (
        <DateList dates={dates.value} onChange={open} onRemove={(date) => void remove(date)} />
      )}
      {shown !== undefined && (
        <DateDialog
          name={`barbers/${barberId}/dates`}
          override={shown === 'new' ? undefined : shown}
          first={from}
          save={save}
          onSend={(body) =>
            save.run(() => api.post<Override>(path, { query, body }), { said: words.dateSaved })
          }
          onSaved={dates.reload}
          onClose={() => show(undefined)}
        />
      )}
    </div>
  );
}
