import { api } from '../api/client.ts';
import { saveFile } from '../api/save.ts';
import { calendarWords } from '../words/add-to-calendar.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { sentenceOf } from '../words/problems.ts';
import { useSubmit } from './submit.ts';
import { toast } from './toast.tsx';

export interface AddToCalendarProps {
  readonly bookingId: number;
  /** Of a guest, who has no login. */
  readonly manageToken?: string | undefined;
}

/** Downloads the booking as a file that calendars open. */
export function AddToCalendar({ bookingId, manageToken }: AddToCalendarProps) {
  const words = useWords(calendarWords);
  const language = useLanguage();
  const download = useSubmit(async () => {
    const headers = { 'x-manage-token': manageToken };
    try {
      const file = await api.file(`/api/v2/bookings/${bookingId}/calendar`, { headers });
      saveFile(file, `booking-${bookingId}.ics`);
    } catch (error) {
      toast({ kind: 'bad', text: `${words.failed} ${sentenceOf(error, language)}` });
    }
  });
  return (
    <button type="button" class="button" aria-disabled={download.busy} onClick={download.run}>
      {words.add}
    </button>
  );
}
