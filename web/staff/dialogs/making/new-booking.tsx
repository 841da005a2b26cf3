import { useState } from 'preact/hooks';
import { api } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Input, Select, TextArea } from '../../../ui/field.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { useSubmit } from '../../../ui/submit.ts';
import { toast } from '../../../ui/toast.tsx';
import { useFormats } from '../../../words/formats.ts';
import { useLanguage, useWords } from '../../../words/language.ts';
import { faultsOf } from '../../../words/problems.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { placeOf } from '../../day/actions.ts';
import { dayOf } from '../../day/plan.ts';
import { useDesk } from '../../desk-context.ts';
import { timeOf, wallAt } from '../../time/wall-clock.ts';
import type { StaffBooking } from '../../wire.ts';
import type { Pointed } from '../dialogs.tsx';
import { SlotField } from '../slot-field.tsx';
import { ClientField, NOBODY, type Who } from './client-field.tsx';

export interface NewBookingProps {
  readonly pointed: Pointed;
  readonly onClose: () => void;
  /** Somebody would rather block the time. */
  readonly onBlock: (pointed: Pointed) => void;
}

/** A booking for whoever stands there or is on the phone. */
export function NewBookingDialog({ pointed, onClose, onBlock }: NewBookingProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const language = useLanguage();
  const { slug, shop, schedule, chairs, today, reload, own } = useDesk();
  const works = chairs.find(({ id }) => dayOf(schedule, id, pointed.date)?.working.length);
  // Who stands there wants to sit down now.
  const wished =
    pointed.time ?? (pointed.date === today ? timeOf(wallAt(Date.now(), shop.timezone)) : undefined);
  const [barberId, setBarber] = useState(pointed.barberId ?? (works ?? chairs[0])?.id);
  const offered = chairs.find(({ id }) => id === barberId)?.barber?.services ?? [];
  const [asked, setService] = useState<string>();
  const service = offered.find(({ name }) => name === asked)?.name ?? offered[0]?.name;
  const [date, setDate] = useState(pointed.date);
  const [start, setStart] = useState('');
  const [who, setWho] = useState<Who>(NOBODY);
  const [notes, setNotes] = useState('');
  const once = useOnce<StaffBooking>();
  const { busy, error, run } = useSubmit(async () => {
    const body = { start, service, barber_id: barberId, ...(notes.trim() && { notes }), ...clientOf(who) };
    const made = await once(body, (key) =>
      api.post('/api/v2/staff/bookings', {
        query: { shop: slug },
        body,
        headers: { 'idempotency-key': key },
      }),
    ).finally(reload);
    own(made);
    const name = made.client?.name ?? words.walkIn;
    toast({ kind: 'good', text: texts.booked(name, placeOf(made, formats)) });
    onClose();
  });
  const faults = faultsOf(error, language);
  return (
    <Dialog title={words.newBooking} onClose={onClose}>
      <form class="stack" onSubmit={run}>
        <ClientField who={who} onChange={setWho} faults={faults} />
        <div class="staff-two">
          <Select
            label={words.service}
            value={service}
            error={faults.service}
            onChange={({ currentTarget }) => setService(currentTarget.value)}
          >
            {offered.map(({ id, name, duration_minutes, price }) => (
              <option key={id} value={name}>
                {name} · {formats.duration(duration_minutes)} · {formats.price(price)}
              </option>
            ))}
          </Select>
          <Select
            label={words.barber}
            value={barberId}
            error={faults.barber_id}
            onChange={({ currentTarget }) => setBarber(Number(currentTarget.value))}
          >
            {chairs
              .filter(({ barber }) => barber !== undefined)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </Select>
          <Input
            label={words.date}
            type="date"
            required
            value={date}
            error={faults.date}
            onInput={({ currentTarget }) => setDate(currentTarget.value)}
          />
          <SlotField
            {...{ barberId, date, service }}
            value={start}
            onChoose={setStart}
            wished={wished}
            error={faults.time ?? faults.start}
          />
        </div>
        <TextArea
          label={texts.optional(texts.notes)}
          hint={texts.notesHint}
          value={notes}
          maxLength={2000}
          onInput={({ currentTarget }) => setNotes(currentTarget.value)}
        />
        <ErrorNotice error={error} />
        <footer class="dialog-actions">
          <button type="submit" class="button primary" disabled={busy}>
            {texts.book}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => onBlock({ barberId, date, time: pointed.time })}
          >
            {words.blockTime}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** An account is named by its id; of others is said what is known. */
function clientOf({ known, ...typed }: Who): object {
  if (known !== undefined && known.user_id !== null) return { client_id: known.user_id };
  const { name, phone, email } = known ?? typed;
  return {
    ...(name.trim() && { name: name.trim() }),
    ...(phone?.trim() && { phone: phone.trim() }),
    ...(email?.trim() && { email: email.trim() }),
  };
}
