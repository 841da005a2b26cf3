import { api } from '../../api/client.ts';
import { hoursWords } from '../../words/admin/hours.ts';
import { useWords } from '../../words/language.ts';
import { Heading } from '../frame/heading.tsx';
import { useScope } from '../frame/scope.ts';
import { WeekForm } from '../week/week-form.tsx';
import type { AdminShop } from '../wire.ts';

export interface HoursSectionProps {
  readonly shop: AdminShop;
  readonly onChange: () => void;
}

/** When the shop is open in a usual week. */
export function HoursSection({ shop, onChange }: HoursSectionProps) {
  const words = useWords(hoursWords);
  const { slug } = useScope();
  return (
    <>
      <Heading about={words.about}>{words.title}</Heading>
      <WeekForm
        name="hours"
        field="opening_hours"
        saved={shop.opening_hours}
        open={words.open}
        closed={words.closed}
        said={words.saved}
        send={(opening_hours) =>
          api.patch<AdminShop>('/api/v2/admin/shop', { query: { shop: slug }, body: { opening_hours } })
        }
        onSaved={onChange}
      />
    </>
  );
}
