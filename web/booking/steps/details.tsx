import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Refused } from '../../api/client.ts';
import { signInLink } from '../../api/session.ts';
import type { Booking, GuestBooking, Me } from '../../api/wire.ts';
import { Input, TextArea } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { bookingWords } from '../../words/booking.ts';
import { useFormats } from '../../words/formats.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { faultsOf } from '../../words/problems.ts';
import type { Lost } from '../flow.tsx';
import { bookOnce } from '../holding/attempt.ts';
import { useHold, type Wish } from '../holding/hold.ts';
import { HoldStatus } from '../holding/hold-status.tsx';
import { forget, keep, kept } from '../holding/kept.ts';
import type { Catalogue } from '../shop.ts';
import { keepConfirmed } from './confirmation.ts';

export interface DetailsProps {
  readonly catalogue: Catalogue;
  readonly wish: Wish;
  readonly me: Me | null | undefined;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onBooked: (bookingId: number) => void;
  readonly onLost: (lost: Lost) => void;
  readonly onBack: () => void;
}

const EMPTY = { name: '', email: '', phone: '', notes: '' };
type Form = typeof EMPTY;

/** Refusals after which another time is to be chosen; others concern the form. */
const OF_THE_TIME = new Set([
  'slot_taken',
  'outside_hours',
  'notice_too_short',
  'too_far_ahead',
  'unknown_service',
]);

/** Who is coming, while the slot is held. What is typed outlives a reload and a sign-in. */
export function Details({ catalogue, wish, me, heading, onBooked, onLost, onBack }: DetailsProps) {
  const words = useWords(bookingWords);
  const formats = useFormats();
  const language = useLanguage();
  const hold = useHold(wish);
  const [form, setForm] = useState<Form>(() => kept('form', isForm) ?? EMPTY);
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const fields = useRef<HTMLFormElement>(null);
  const faults = faultsOf(error, language);
  // Without a hold the server decides, too; what was booked before its answer got lost has no other way on.
  const canBook = ['held', 'unheld', 'lapsed'].includes(hold.state.kind);

  const refusal = hold.state.kind === 'refused' ? hold.state.error : undefined;
  useEffect(() => {
    if (isOfTheTime(refusal)) onLost({ start: wish.start, error: refusal });
  }, [refusal]);

  const field = (name: keyof Form) => ({
    name,
    value: form[name],
    error: faults[name],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      const next = { ...form, [name]: currentTarget.value };
      setForm(next);
      keep('form', next);
    },
  });

  async function submit(event: Event) {
    event.preventDefault();
    if (isSending || !canBook) return;
    const token = hold.state.kind === 'held' ? hold.state.hold.hold_token : undefined;
    const path = `/api/v2/bookings/${me ? 'create' : 'guest'}`;
    setSending(true);
    setError(undefined);
    try {
      const booking = await bookOnce(bodyOf(wish, form, me !== null), token, (body, key) =>
        api.post<Booking | GuestBooking>(path, { body, headers: { 'idempotency-key': key } }),
      );
      hold.used();
      forget('form');
      keepConfirmed({ booking, email: me?.email ?? form.email });
      onBooked(booking.id);
    } catch (failure) {
      if (isOfTheTime(failure)) onLost({ start: wish.start, error: failure });
      else if (faultsOf(failure, language).hold_token !== undefined) hold.lapse();
      else setError(failure);
    } finally {
      setSending(false);
    }
  }

  useEffect(() => {
    fields.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [error]);

  const nameOf = (id: number) => catalogue.barbers.find((barber) => barber.id === id)?.name;
  const notice = catalogue.shop.cancellation_notice_minutes;
  return (
    <section class="stack">
      <h1 ref={heading} tabIndex={-1}>
        {words.yourDetails}
      </h1>
      <HoldStatus hold={hold} nameOf={nameOf} onBack={onBack} />
      {me === undefined ? (
        <Skeleton height="4rem" lines={4} />
      ) : (
        <form ref={fields} class="details" onSubmit={submit}>
          {me === null ? (
            <>
              <p class="small">
                {words.haveAccount} <a href={signInLink()}>{words.signIn}</a>
              </p>
              <Input label={words.name} {...field('name')} required autocomplete="name" maxLength={200} />
              <Input
                label={words.email}
                hint={words.emailHint}
                {...field('email')}
                type="email"
                required
                autocomplete="email"
              />
              <Input
                label={words.optional(words.phone)}
                hint={words.phoneHint}
                {...field('phone')}
                type="tel"
                autocomplete="tel"
              />
            </>
          ) : (
            <p>{words.signedInAs(me.name, me.email)}</p>
          )}
          <TextArea
            label={words.optional(words.notes)}
            hint={words.notesHint}
            {...field('notes')}
            maxLength={2000}
          />
          <ErrorNotice error={error} />
          <button type="submit" class="button primary" aria-disabled={isSending || !canBook}>
            {isSending ? words.confirming : words.confirm}
          </button>
          {notice > 0 && <p class="small muted">{words.cancelRule(formats.duration(notice))}</p>}
        </form>
      )}
    </section>
  );
}

function bodyOf(wish: Wish, form: Form, isMember: boolean) {
  const { shop, service, barberId, start } = wish;
  const { name, email, phone, notes } = form;
  return {
    ...{ shop, service, start, barber_id: barberId },
    ...(notes.trim() !== '' && { notes }),
    ...(!isMember && { name, email, ...(phone.trim() !== '' && { phone }) }),
  };
}

function isOfTheTime(error: unknown): boolean {
  return error instanceof Refused && OF_THE_TIME.has(error.code);
}

function isForm(value: unknown): value is Form {
  return Object.keys(EMPTY).every((name) => typeof Object(value)[name] === 'string');
}
