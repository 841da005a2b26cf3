import { useEffect, useRef, useState } from 'preact/hooks';
import { type Formats, useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { type StaffWords, staffWords } from '../../words/staff.ts';
import type { StaffBooking } from '../wire.ts';
import { placeOf } from './actions.ts';
import { type Changes, changesBetween } from './plan.ts';
import type { Followed, Schedule } from './schedule.ts';

/** More than these are counted. */
const TOLD = 2;

/** What others have just changed in what is on the screen, as sentences; empty until something was. */
export function useNews({ value, news, loading }: Followed, own: ReadonlySet<string>): string {
  const words = useWords(staffWords);
  const formats = useFormats();
  const before = useRef<Schedule | undefined>(undefined);
  const heard = useRef(news);
  const [text, setText] = useState('');
  useEffect(() => {
    if (value === undefined || loading || value === before.current) return;
    const old = before.current;
    before.current = value;
    if (old === undefined || old.dates.join() !== value.dates.join()) {
      setText('');
    } else if (heard.current !== news) {
      const told = sentencesOf(changesBetween(old.bookings, value.bookings, own), words, formats);
      if (told !== '') setText(told);
    }
    heard.current = news;
  }, [value, loading, news, own, words, formats]);
  return text;
}

function sentencesOf({ made, moved, cancelled }: Changes, words: StaffWords, formats: Formats): string {
  const say = (tell: (name: string, place: string) => string) => (booking: StaffBooking) =>
    tell(booking.client?.name ?? words.walkIn, placeOf(booking, formats));
  const all = [
    ...made.map(say(words.news.made)),
    ...moved.map(say(words.news.moved)),
    ...cancelled.map(say(words.news.cancelled)),
  ];
  const more = all.length - TOLD;
  return [...all.slice(0, TOLD), ...(more > 0 ? [words.news.more(more)] : [])].join(' ');
}
