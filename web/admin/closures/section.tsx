import { closuresWords } from '../../words/admin/closures.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useWords } from '../../words/language.ts';
import { usePlace } from '../frame/address.ts';
import { Heading } from '../frame/heading.tsx';
import { Link } from '../frame/link.tsx';
import { useScope } from '../frame/scope.ts';
import { TimesAway } from '../ranges/times-away.tsx';
import { Holidays } from './holidays.tsx';

/** When the shop is closed although it is usually open. */
export function ClosuresSection() {
  const words = useWords(closuresWords);
  const saving = useWords(savingWords);
  const { slug } = useScope();
  const { part } = usePlace();
  const back = { shop: slug, section: 'closures' } as const;
  if (part === 'holidays')
    return (
      <>
        <Link class="admin-back" to={back}>
          ← {saving.back}
        </Link>
        <Heading about={words.holidaysAbout}>{words.holidays}</Heading>
        <Holidays />
      </>
    );
  return (
    <>
      <Heading about={words.about}>{words.title}</Heading>
      <TimesAway path="/api/v2/admin/closures" name="closures" words={words.times}>
        <Link class="button" to={{ ...back, part: 'holidays' }}>
          {words.holidays}
        </Link>
      </TimesAway>
    </>
  );
}
