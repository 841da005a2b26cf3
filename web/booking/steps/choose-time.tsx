import type { RefObject } from 'preact';
import { Refused } from '../../api/client.ts';
import type { Slot, Slots } from '../../api/wire.ts';
import { useSlots } from '../../picker/availability.ts';
import { SlotPicker } from '../../picker/slot-picker.tsx';
import { nearestFree, slotOf } from '../../picker/times-of-day.ts';
import { shownZone } from '../../picker/zone.ts';
import { dateIn } from '../../time/dates.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { bookingWords } from '../../words/booking.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { Lost } from '../flow.tsx';
import { barberIdOf, type Choice } from '../location.ts';
import type { Catalogue } from '../shop.ts';

export interface ChooseTimeProps {
  readonly catalogue: Catalogue;
  readonly service: string;
  readonly barber: Choice['barber'];
  readonly date: string | undefined;
  readonly lost: Lost | undefined;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onDate: (date: string, isFirst: boolean) => void;
  readonly onPick: (slot: Slot, date: string) => void;
}

export function ChooseTime({ catalogue, service, barber, lost, heading, ...picking }: ChooseTimeProps) {
  const words = useWords(bookingWords);
  const { shop } = catalogue;
  const barberId = barberIdOf(barber);
  return (
    <section class="stack">
      <h1 ref={heading} tabIndex={-1}>
        {words.chooseTime}
      </h1>
      {lost !== undefined && (
        <LostNotice lost={lost} wanted={{ shop, service, barberId }} onPick={picking.onPick} />
      )}
      <SlotPicker shop={shop} service={service} barberId={barberId} {...picking} />
    </section>
  );
}

interface LostNoticeProps {
  readonly lost: Lost;
  readonly wanted: Parameters<typeof useSlots>[0];
  readonly onPick: ChooseTimeProps['onPick'];
}

const NEAREST = 4;

/** Says why the slot could not be had, and what is free close to it. */
function LostNotice({ lost, wanted, onPick }: LostNoticeProps) {
  const isTaken = lost.error instanceof Refused && lost.error.code === 'slot_taken';
  if (!isTaken) return <ErrorNotice error={lost.error} />;
  return <TakenNotice start={lost.start} wanted={wanted} onPick={onPick} />;
}

interface TakenNoticeProps extends Omit<LostNoticeProps, 'lost'> {
  readonly start: string;
}

function TakenNotice({ start, wanted, onPick }: TakenNoticeProps) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const zone = shownZone(wanted.shop.timezone, start);
  const slots = useSlots(wanted, dateIn(wanted.shop.timezone, start), undefined).value;
  const nearest = slots && choicesFrom(slots, start);
  return (
    <div role="alert">
      <Notice kind="warn">
        <p>
          <strong>{words.lost(formats.time(start, zone))}</strong>
        </p>
        {nearest !== undefined && <p>{nearest.length === 0 ? words.lostNothing : words.lostNearest}</p>}
        <div class="row">
          {nearest?.map(({ slot, date }) => (
            <button type="button" class="button small" key={slot.start} onClick={() => onPick(slot, date)}>
              {date === slots?.date
                ? formats.time(slot.start, zone)
                : formats.briefMoment(slot.start, zone, Date.now())}
            </button>
          ))}
        </div>
      </Notice>
    </div>
  );
}

/** The nearest on the same day; where there is none, the next on any. */
function choicesFrom({ slots, date, next_available: next }: Slots, start: string) {
  const nearest = nearestFree(slots, start, NEAREST).map((slot) => ({ slot, date }));
  return nearest.length > 0 || !next ? nearest : [{ slot: slotOf(next), date: next.date }];
}
