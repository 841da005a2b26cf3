import { Notice } from '../../ui/notice.tsx';
import { chairWords } from '../../words/admin/chair.ts';
import { useWords } from '../../words/language.ts';
import { usePlace } from '../frame/address.ts';
import { Heading } from '../frame/heading.tsx';
import { useScope } from '../frame/scope.ts';
import { Tabs } from '../frame/tabs.tsx';
import { ChairDates } from './dates.tsx';
import { ChairHours } from './hours.tsx';
import { ChairTimeOff } from './time-off.tsx';

const PARTS = ['hours', 'dates', 'away'] as const;

/** What a barber may change: when they work themselves. */
export function OwnChair() {
  const words = useWords(chairWords);
  const place = usePlace();
  const { slug, me } = useScope();
  const { barber_id: barberId } = me;
  if (barberId === null)
    return (
      <Notice kind="info">
        <p>{words.noChair}</p>
      </Notice>
    );
  const part = PARTS.find((each) => each === place.part) ?? 'hours';
  return (
    <div class="admin-view">
      <Tabs
        label={words.own}
        at={{ shop: slug }}
        current={part}
        parts={PARTS.map((each) => ({ part: each, name: words.parts[each] }))}
      />
      <Heading>{words.parts[part]}</Heading>
      {part === 'hours' && <ChairHours barberId={barberId} />}
      {part === 'dates' && <ChairDates barberId={barberId} />}
      {part === 'away' && <ChairTimeOff barberId={barberId} />}
    </div>
  );
}
