import { useState } from 'preact/hooks';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/notice.tsx';
import { type Submission, useSubmit } from '../../../ui/submit.ts';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { staffWords } from '../../../words/staff.ts';
import { staffDialogWords } from '../../../words/staff-dialogs.ts';
import { range } from '../../calendar/content.ts';
import { useActions } from '../../day/actions.ts';
import { useDesk } from '../../desk-context.ts';
import { StatusPill } from '../../status-pill.tsx';
import type { StaffBooking } from '../../wire.ts';
import { useFocus } from '../focus.ts';
import { ClientPart } from './client-part.tsx';
import { HistoryPart } from './history-part.tsx';
import { MoveForm } from './move-form.tsx';
import { NotesForm } from './notes-form.tsx';

export interface BookingDialogProps {
  readonly booking: StaffBooking;
  /** Whether it opens with where to move it. */
  readonly moving: boolean;
  readonly onClose: () => void;
}

type Step = 'details' | 'move' | 'cancel';

/** One booking, and what can be done with it. */
export function BookingDialog({ booking, moving, onClose }: BookingDialogProps) {
  const words = useWords(staffWords);
  const texts = useWords(staffDialogWords);
  const [step, setStep] = useState<Step>(moving ? 'move' : 'details');
  const [isBack, setBack] = useState(false);
  const go = (to: Step) => {
    setStep(to);
    setBack(to === 'details');
  };
  const name = booking.client?.name ?? words.walkIn;
  const titles = { details: name, move: texts.moveTitle(name), cancel: texts.cancelTitle(name) };
  return (
    <Dialog title={titles[step]} onClose={onClose}>
      {step === 'details' && <Details {...{ booking, go, isBack, onClose }} />}
      {step === 'move' && <MoveForm booking={booking} onDone={onClose} onBack={() => go('details')} />}
      {step === 'cancel' && <Cancel booking={booking} onDone={onClose} onBack={() => go('details')} />}
    </Dialog>
  );
}

function Details({
  booking,
  go,
  isBack,
  onClose,
}: {
  readonly booking: StaffBooking;
  /** From another step. */
  readonly isBack: boolean;
  readonly go: (step: Step) => void;
  readonly onClose: () => void;
}) {
  const texts = useWords(staffDialogWords);
  const words = useWords(staffWords);
  const formats = useFormats();
  const { today } = useDesk();
  const actions = useActions();
  const complete = useSubmit(() => actions.say(booking, 'complete').then(onClose));
  const miss = useSubmit(() => actions.say(booking, 'no-show').then(onClose));
  const { status } = booking;
  const steps = useFocus<HTMLDivElement>(isBack);
  return (
    <>
      <dl class="facts">
        <dt>{texts.when}</dt>
        <dd>
          {formats.date(booking.date)}
          <br />
          {range(booking, formats, booking.timezone)}
        </dd>
        <dt>{words.barber}</dt>
        <dd>{booking.barber_name}</dd>
        <dt>{words.service}</dt>
        <dd>
          {booking.service} · {formats.price(booking.price)}
        </dd>
        <dt>{words.state}</dt>
        <dd>
          <StatusPill status={status} />
        </dd>
      </dl>
      {status !== 'cancelled' && (
        <div class="dialog-actions" ref={steps}>
          {booking.date <= today && <Presence {...{ booking, complete, miss }} />}
          {status === 'confirmed' && (
            <>
              <button type="button" class="button" onClick={() => go('move')}>
                {words.move}
              </button>
              <button type="button" class="button danger" onClick={() => go('cancel')}>
                {words.cancel}
              </button>
            </>
          )}
        </div>
      )}
      <ErrorNotice error={complete.error ?? miss.error} />
      <NotesForm booking={booking} />
      <ClientPart booking={booking} />
      <HistoryPart booking={booking} />
    </>
  );
}

interface PresenceProps {
  readonly booking: StaffBooking;
  readonly complete: Submission;
  readonly miss: Submission;
}

/** Whether the client was there, from the day on; what was said wrongly can be corrected. */
function Presence({ booking, complete, miss }: PresenceProps) {
  const words = useWords(staffWords);
  const { status } = booking;
  const hasBegun = Date.parse(booking.start) <= Date.now();
  const busy = complete.busy || miss.busy;
  return (
    <>
      {status !== 'completed' && (
        <button
          type="button"
          class={status === 'confirmed' && hasBegun ? 'button primary' : 'button'}
          disabled={busy}
          onClick={complete.run}
        >
          {status === 'confirmed' ? words.done : words.correctDone}
        </button>
      )}
      {status !== 'no_show' && (
        <button type="button" class="button" disabled={busy} onClick={miss.run}>
          {status === 'confirmed' ? words.noShow : words.correctNoShow}
        </button>
      )}
    </>
  );
}

interface CancelProps {
  readonly booking: StaffBooking;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

function Cancel({ booking, onDone, onBack }: CancelProps) {
  const texts = useWords(staffDialogWords);
  const formats = useFormats();
  const actions = useActions();
  // On the answer that loses nothing.
  const answers = useFocus<HTMLElement>();
  const { busy, error, run } = useSubmit(() => actions.cancel(booking).then(onDone));
  return (
    <>
      <p>
        {booking.service}, {formats.moment(booking.start, booking.timezone)}
      </p>
      <p>{texts.cancelWarning}</p>
      <ErrorNotice error={error} />
      <footer ref={answers}>
        <button type="button" class="button" onClick={onBack}>
          {texts.keep}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={run}>
          {texts.cancelNow}
        </button>
      </footer>
    </>
  );
}
