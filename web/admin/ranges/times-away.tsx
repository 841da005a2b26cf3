import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { todayIn } from '../../time/dates.ts';
import { rangeBody } from '../../time/range.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { rangesWords } from '../../words/admin/ranges.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import { Conflicts } from '../saving/conflicts.tsx';
import { useDraft } from '../saving/drafts.ts';
import { useSave } from '../saving/use-save.ts';
import { emptyRange, type TimeAway } from './range.ts';
import { RangeDialog } from './range-dialog.tsx';
import { RangeList } from './range-list.tsx';
import { useTimesAway } from './use-times-away.ts';

export interface TimesAwayProps {
  /** Of the API: where they are listed, added and, by id, taken back. */
  readonly path: string;
  /** Under which what is typed is kept. */
  readonly name: string;
  readonly words: TimesAwayWords;
  /** What else can be done, beside adding one. */
  readonly children?: ComponentChildren;
}

export interface TimesAwayWords {
  readonly add: string;
  readonly reasonHint: string;
  readonly added: string;
  readonly removed: string;
  readonly none: string;
  readonly nonePast: string;
}

/** When the shop, or a barber, is away: what is coming, what was, and more of it. */
export function TimesAway({ path, name, words, children }: TimesAwayProps) {
  const common = useWords(rangesWords);
  const saving = useWords(savingWords);
  const { slug, shop } = useScope();
  const today = todayIn(shop.timezone);
  const [past, showPast] = useState(false);
  const [adding, add] = useState(false);
  const draft = useDraft(`${name}/new`, emptyRange(today));
  const save = useSave();
  const removal = useSave();
  const times = useTimesAway(path, today, past);
  const query = { shop: slug };

  function open() {
    save.forgive();
    add(true);
  }

  async function send(): Promise<boolean> {
    const asked = { query, body: rangeBody(draft.value) };
    const answer = await save.once(asked, (headers) => api.post<TimeAway>(path, { ...asked, headers }), {
      said: words.added,
    });
    if (answer === undefined) return false;
    draft.discard();
    add(false);
    times.reload();
    return true;
  }

  async function remove(time: TimeAway) {
    const { id, ...body } = time;
    const answer = await removal.run(() => api.delete(`${path}/${id}`, { query }), {
      said: words.removed,
      undo: () => ({
        label: saving.undo,
        run: () =>
          void api
            .post(path, { query, body })
            .then(times.reload, () => toast({ text: common.undoFailed, kind: 'bad' })),
      }),
    });
    if (answer !== undefined) times.reload();
  }

  return (
    <div class="stack">
      <Conflicts conflicts={save.conflicts} onClose={save.clear} />
      <div class="row admin-away-actions">
        <button type="button" class="button primary" onClick={open}>
          {words.add}
        </button>
        {children}
        <button type="button" class="button quiet" aria-pressed={past} onClick={() => showPast(!past)}>
          {past ? common.showComing : common.showPast}
        </button>
      </div>
      <ErrorNotice error={removal.error ?? (times.value === undefined ? times.error : undefined)} />
      {times.value === undefined ? (
        <Skeleton height="4.5rem" lines={3} />
      ) : (
        <RangeList
          times={times.value}
          none={past ? words.nonePast : words.none}
          onRemove={past ? undefined : (time) => void remove(time)}
        />
      )}
      {adding && (
        <RangeDialog
          title={words.add}
          send={words.add}
          reasonHint={words.reasonHint}
          draft={draft}
          busy={save.busy}
          error={save.error}
          onSend={send}
          onClose={() => add(false)}
        />
      )}
    </div>
  );
}
