import { chairWords } from '../../words/admin/chair.ts';
import { useWords } from '../../words/language.ts';
import { TimesAway } from '../ranges/times-away.tsx';

/** When a barber is away. */
export function ChairTimeOff({ barberId }: { barberId: number }) {
  const words = useWords(chairWords);
  return (
    <>
      <p class="muted">{words.awayAbout}</p>
      <TimesAway
        path={`/api/v2/admin/barbers/${barberId}/time-off`}
        name={`barbers/${barberId}/away`}
        words={words.away}
      />
    </>
  );
}
