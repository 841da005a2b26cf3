import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { barbersWords } from '../../words/admin/barbers.ts';
import { useWords } from '../../words/language.ts';
import { usePlace } from '../frame/address.ts';
import { Heading } from '../frame/heading.tsx';
import { Link } from '../frame/link.tsx';
import { useBarbers } from '../frame/lists.ts';
import { useScope } from '../frame/scope.ts';
import { AddBarber } from './add.tsx';
import { BarberDetail } from './detail.tsx';
import { BarberList } from './list.tsx';

/** Who works at the shop: everybody, or one to change. */
export function BarbersSection() {
  const words = useWords(barbersWords);
  const { slug } = useScope();
  const { item } = usePlace();
  const barbers = useBarbers();
  const [adding, add] = useState(false);
  const unread = barbers.value === undefined ? barbers.error : undefined;
  const chosen = barbers.value?.find(({ id }) => String(id) === item);

  if (item !== undefined)
    return (
      <>
        <Link class="admin-back" to={{ shop: slug, section: 'barbers' }}>
          ← {words.all}
        </Link>
        <ErrorNotice error={unread} />
        {chosen === undefined && barbers.value === undefined ? (
          <Skeleton height="4rem" lines={6} />
        ) : chosen === undefined ? (
          <Heading>{words.gone}</Heading>
        ) : (
          <BarberDetail key={chosen.id} barber={chosen} onChange={barbers.reload} />
        )}
      </>
    );

  return (
    <>
      <Heading about={words.about}>{words.title}</Heading>
      <p>
        <button type="button" class="button primary" onClick={() => add(true)}>
          {words.add}
        </button>
      </p>
      <ErrorNotice error={unread} />
      {barbers.value === undefined ? (
        <Skeleton height="4.5rem" lines={4} />
      ) : (
        <BarberList barbers={barbers.value} />
      )}
      {adding && <AddBarber onClose={() => add(false)} onAdded={barbers.reload} />}
    </>
  );
}
