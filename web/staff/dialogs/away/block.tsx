import { useState } from 'preact/hooks';
import { api } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import type { Shop } from '../../../api/wire.ts';
import { rangeBody } from '../../../time/range.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Checkbox, Input, Select } from '../../../ui/field.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { useSubmit } from '../../../ui/submit.ts';
import { toast } from '../../../ui/toast.tsx';
import { useLanguage, useWords } from '../../../words/language.ts';
import { faultsOf, sentenceOf } from '../../../words/problems.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { useDesk } from '../../desk-context.ts';
import { dateOf, shiftWall, timeOf, wallAt } from '../../time/wall-clock.ts';
import type { AddedTimeOff, StaffBooking } from '../../wire.ts';
import type { Pointed } from '../dialogs.tsx';
import { Conflicts } from './conflicts.tsx';

export interface BlockProps {
  readonly pointed: Pointed;
  readonly onClose: () => void;
  readonly onBooking: (booking: StaffBooking) => void;
}

/** Takes a barber's time out: lunch, the dentist, a holiday. */
export function BlockDialog({ pointed, onClose, onBooking }: BlockProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const language = useLanguage();
  const { slug, shop, chairs, today, reload } = useDesk();
  const first = pointed.time ?? (pointed.date === today ? lastSlot(shop) : '12:00');
  const [barberId, setBarber] = useState(pointed.barberId ?? chairs[0]?.id ?? 0);
  const [wholeDay, setWholeDay] = useState(false);
  const [date, setDate] = useState(pointed.date);
  const [lastDate, setLastDate] = useState(pointed.date);
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(anHourAfter(pointed.date, first));
  const [reason, setReason] = useState('');
  const [added, setAdded] = useState<AddedTimeOff>();
  const once = useOnce<AddedTimeOff>();
  const name = chairs.find(({ id }) => id === barberId)?.name ?? '';
  const path = `/api/v2/admin/barbers/${barberId}/time-off`;

  const undo = (id: number) =>
    void api
      .delete(`${path}/${id}`, { query: { shop: slug } })
      .finally(reload)
      .then(
        () => toast({ text: texts.unblocked }),
        (failed: unknown) => toast({ kind: 'bad', text: sentenceOf(failed, language) }),
      );
  const { busy, error, run } = useSubmit(async () => {
    const end = wholeDay ? lastDate : date;
    const body = rangeBody({ wholeDays: wholeDay, start: date, end, from, to, reason });
    const answer = await once({ path, body }, (key) =>
      api.post(path, { query: { shop: slug }, body, headers: { 'idempotency-key': key } }),
    ).finally(reload);
    // Behind a dialog nobody can press anything: what lies in it is told there, with the way back.
    if (answer.conflicts.length > 0) return setAdded(answer);
    const action = { label: words.undo, run: () => undo(answer.id) };
    toast({ kind: 'good', text: texts.blocked(name), action });
    onClose();
  });
  const faults = faultsOf(error, language);
  if (added !== undefined)
    return (
      <Dialog title={texts.conflicts(added.conflicts.length)} onClose={onClose}>
        <Conflicts conflicts={added.conflicts} onBooking={onBooking} />
        <footer>
          <button
            type="button"
            class="button"
            onClick={() => {
              undo(added.id);
              onClose();
            }}
          >
            {texts.unblock}
          </button>
          <button type="button" class="button primary" onClick={onClose}>
            {texts.leaveBlocked}
          </button>
        </footer>
      </Dialog>
    );
  return (
    <Dialog title={words.blockTime} onClose={onClose}>
      <form class="stack" onSubmit={run}>
        <Select
          label={words.barber}
          value={barberId}
          onChange={({ currentTarget }) => setBarber(Number(currentTarget.value))}
        >
          {chairs.map(({ id, name: each }) => (
            <option key={id} value={id}>
              {each}
            </option>
          ))}
        </Select>
        <Checkbox
          label={texts.wholeDay}
          checked={wholeDay}
          onChange={({ currentTarget }) => setWholeDay(currentTarget.checked)}
        />
        <div class={wholeDay ? 'staff-two' : undefined}>
          <Input
            label={words.date}
            type="date"
            required
            value={date}
            error={faults.start_date}
            onInput={({ currentTarget: { value } }) => {
              setDate(value);
              if (lastDate < value) setLastDate(value);
            }}
          />
          {wholeDay && (
            <Input
              label={texts.until}
              type="date"
              required
              min={date}
              value={lastDate}
              error={faults.end_date}
              onInput={({ currentTarget }) => setLastDate(currentTarget.value)}
            />
          )}
        </div>
        {!wholeDay && (
          <div class="staff-two">
            <Input
              label={texts.from}
              type="time"
              required
              value={from}
              error={faults.start_time}
              onInput={({ currentTarget }) => setFrom(currentTarget.value)}
            />
            <Input
              label={texts.to}
              type="time"
              required
              value={to}
              error={faults.end_time}
              onInput={({ currentTarget }) => setTo(currentTarget.value)}
            />
          </div>
        )}
        <Input
          label={texts.optional(texts.reason)}
          hint={texts.reasonHint}
          value={reason}
          maxLength={200}
          error={faults.reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <ErrorNotice error={error} />
        <footer>
          <button type="submit" class="button primary" disabled={busy}>
            {texts.block}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** HH:MM of the slot that it is now. */
function lastSlot({ timezone, slot_duration_minutes: minutes }: Shop): string {
  const now = wallAt(Date.now(), timezone);
  return timeOf(shiftWall(now, -(Number(now.slice(14)) % minutes)));
}

/** HH:MM; where that would be on the next day, its midnight. */
function anHourAfter(date: string, time: string): string {
  const after = shiftWall(`${date}T${time}`, 60);
  return dateOf(after) === date ? timeOf(after) : '00:00';
}
