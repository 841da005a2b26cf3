import { barbersWords } from '../../words/admin/barbers.ts';
import { useWords } from '../../words/language.ts';
import { ChairDates } from '../chair/dates.tsx';
import { ChairHours } from '../chair/hours.tsx';
import { ChairTimeOff } from '../chair/time-off.tsx';
import { usePlace } from '../frame/address.ts';
import { Heading } from '../frame/heading.tsx';
import { useScope } from '../frame/scope.ts';
import { Tabs } from '../frame/tabs.tsx';
import { Offers } from '../offers/offers.tsx';
import type { ManagedBarber } from '../wire.ts';
import { Profile } from './profile.tsx';

const PARTS = ['profile', 'services', 'hours', 'dates', 'away'] as const;

export interface BarberDetailProps {
  readonly barber: ManagedBarber;
  readonly onChange: () => void;
}

/** One barber: who it is, what is offered, and when. */
export function BarberDetail({ barber, onChange }: BarberDetailProps) {
  const words = useWords(barbersWords);
  const { slug } = useScope();
  const place = usePlace();
  const part = PARTS.find((each) => each === place.part) ?? 'profile';
  const at = { shop: slug, section: 'barbers', item: String(barber.id) } as const;
  return (
    <>
      <Heading>{barber.name}</Heading>
      <Tabs
        label={barber.name}
        at={at}
        current={part}
        parts={PARTS.map((each) => ({ part: each, name: words.parts[each] }))}
      />
      {part === 'profile' && <Profile barber={barber} onChange={onChange} />}
      {part === 'services' && <Offers barber={barber} onChange={onChange} />}
      {part === 'hours' && <ChairHours barberId={barber.id} onChange={onChange} />}
      {part === 'dates' && <ChairDates barberId={barber.id} />}
      {part === 'away' && <ChairTimeOff barberId={barber.id} />}
    </>
  );
}
