import { useSubmit } from '../../ui/submit.ts';
import { toast } from '../../ui/toast.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { sentenceOf } from '../../words/problems.ts';
import { staffWords } from '../../words/staff.ts';
import { useActions } from '../day/actions.ts';
import type { StaffBooking } from '../wire.ts';

/** What is said between two clients, without opening anything: was the one before there? */
export function QuickActions({ booking }: { readonly booking: StaffBooking }) {
  const words = useWords(staffWords);
  const language = useLanguage();
  const actions = useActions();
  const say = (what: 'complete' | 'no-show') => () =>
    actions
      .say(booking, what)
      .catch((error: unknown) => toast({ kind: 'bad', text: sentenceOf(error, language) }));
  const complete = useSubmit(say('complete'));
  const miss = useSubmit(say('no-show'));
  const busy = complete.busy || miss.busy;
  if (booking.status !== 'confirmed' || Date.parse(booking.start) > Date.now()) return null;
  const about = booking.client?.name ?? words.walkIn;
  return (
    <div class="agenda-quick">
      <button type="button" class="button" disabled={busy} onClick={complete.run}>
        {words.done}
        <span class="unseen"> {about}</span>
      </button>
      <button type="button" class="button quiet" disabled={busy} onClick={miss.run}>
        {words.noShow}
        <span class="unseen"> {about}</span>
      </button>
    </div>
  );
}
