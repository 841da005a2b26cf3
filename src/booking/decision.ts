import type { Transaction } from 'kysely';
import { createPostgresSource } from '../availability/postgres-source.ts';
import type { AvailabilitySource } from '../availability/source.ts';
import { loadTimelines } from '../availability/timelines.ts';
import { bookingWindow } from '../calendar/slots.ts';
import { dateAt } from '../calendar/time.ts';
import type { Database } from '../database/schema.ts';
import type { Service, ShopRules } from '../shop/rules.ts';
import { type Objection, objectionTo } from './judge.ts';
import { type Candidate, candidatesFor, findService, instantOf, refusalOf } from './request.ts';
import type { Fault, Refusal, When } from './types.ts';

/** What a client asks to book, with good inputs. */
export interface Wish {
  readonly candidates: readonly Candidate[];
  readonly service: Service;
  readonly instant: number;
}

export interface WishOptions extends When {
  readonly service: string;
  readonly barberId?: number | undefined;
  readonly notes?: string | null | undefined;
}

const MAX_NOTES = 2000;

/** Reads a request by the shop's rules; all its faults at once. */
export function wishOf(rules: ShopRules, options: WishOptions): Wish | Refusal {
  const faults: Fault[] = [];
  checkNotes(options.notes, faults);
  const candidates = candidatesFor(rules, options.service, options.barberId, faults);
  const service = findService(rules, options.service);
  const instant = instantOf(rules, options, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  if (service === undefined || instant === undefined) throw new Error('A request without faults is complete');
  return { candidates, service, instant };
}

export function checkNotes(notes: string | null | undefined, faults: Fault[]): void {
  if (notes == null || notes.length <= MAX_NOTES) return;
  const detail = `Notes may have at most ${MAX_NOTES} characters.`;
  faults.push({ code: 'validation_failed', field: 'notes', detail });
}

/** What speaks against each of these barbers taking a booking at the instant: undefined for who is free. */
export async function objections(
  source: Pick<AvailabilitySource, 'load'>,
  rules: ShopRules,
  candidates: readonly Candidate[],
  instant: number,
  now: number,
): Promise<(Objection | undefined)[]> {
  const date = dateAt(rules.timezone, instant);
  const [first] = candidates;
  if (first === undefined) return [];
  const query = {
    shopId: rules.id,
    barberIds: candidates.map(({ barber }) => barber.id),
    from: date,
    to: date,
  };
  const rows = await loadTimelines(source, query, first.time);
  const window = bookingWindow(rules, now);
  return candidates.map(({ time }, i) => {
    const timeline = rows[i]?.[0];
    return timeline === undefined ? 'outside' : objectionTo(timeline, instant, time, rules, window);
  });
}

/** The objection to one barber as the transaction sees it, with one of its bookings left out of account. */
export async function objectionWithin(
  trx: Transaction<Database>,
  rules: ShopRules,
  candidate: Candidate,
  instant: number,
  now: number,
  withoutBooking = 0,
): Promise<Objection | undefined> {
  const source = createPostgresSource(trx);
  const load: AvailabilitySource['load'] = (query) => source.loadWithout(withoutBooking, query);
  const [objection] = await objections({ load }, rules, [candidate], instant, now);
  return objection;
}
