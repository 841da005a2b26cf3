import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { addDays, todayIn } from '../../time/dates.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { frameWords } from '../../words/cache/frame.ts';
import { operateWords } from '../../words/cache/operate.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { usePlace } from '../frame/place.ts';
import type { Invalidated } from '../wire.ts';
import { useBarbers } from './barbers.ts';

export const TARGETS = ['barber', 'range', 'slots', 'settings'] as const;
export type Target = (typeof TARGETS)[number];

export interface InvalidationDialogProps {
  readonly target: Target;
  readonly onClose: () => void;
  /** With how many cached values were dropped. */
  readonly onDone: (keys: number) => void;
}

const A_WEEK = 7;

/** Asks what exactly, and whether it is meant. */
export function InvalidationDialog({ target, onClose, onDone }: InvalidationDialogProps) {
  const words = useWords(operateWords);
  const { cancel } = useWords(frameWords);
  const { shop, timezone } = usePlace();
  const barbers = useBarbers();
  const [barberId, setBarberId] = useState<number>();
  const [from, setFrom] = useState(() => todayIn(timezone));
  const [to, setTo] = useState(() => addDays(todayIn(timezone), A_WEEK));
  const isIncomplete = target === 'barber' && barbers.length === 0;
  const { title, about, confirm } = words.targets[target];

  const { busy, error, run } = useSubmit(async () => {
    if (isIncomplete) return;
    const [path, body] = requestOf(target, { barberId: barberId ?? barbers[0]?.id, from, to });
    const answer = await api.post<Invalidated>(`/api/v2/cache/invalidate/${path}`, { query: { shop }, body });
    onDone(answer.invalidated_keys);
  });
  const faults = fieldFaults(error, useLanguage());

  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={run}>
        <p>{about}</p>
        {target === 'barber' && (
          <Select
            label={words.barber}
            value={barberId ?? barbers[0]?.id}
            onChange={({ currentTarget }) => setBarberId(Number(currentTarget.value))}
          >
            {barbers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {target === 'range' && (
          <div class="cache-fields">
            <Input
              label={words.from}
              type="date"
              required
              value={from}
              error={faults.start_date}
              onInput={({ currentTarget }) => setFrom(currentTarget.value)}
            />
            <Input
              label={words.to}
              type="date"
              required
              min={from}
              value={to}
              error={faults.end_date}
              onInput={({ currentTarget }) => setTo(currentTarget.value)}
            />
          </div>
        )}
        <p>{words.cost}</p>
        <p class="muted small">{words.invalidateAbout}</p>
        <ErrorNotice error={error} />
        <footer class="row cache-dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" class="button danger" aria-disabled={busy || isIncomplete}>
            {confirm}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

interface Chosen {
  readonly barberId: number | undefined;
  readonly from: string;
  readonly to: string;
}

function requestOf(target: Target, { barberId, from, to }: Chosen): [path: string, body: object] {
  switch (target) {
    case 'barber':
      return [`barber/${barberId}`, {}];
    case 'range':
      return ['date-range', { start_date: from, end_date: to }];
    case 'slots':
      return ['all-slots', {}];
    case 'settings':
      return ['business-settings', {}];
  }
}
