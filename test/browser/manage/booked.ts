import type { Person, Scene } from '../scene.ts';

export interface Slot {
  readonly start: string;
  readonly available: boolean;
  readonly barber_ids?: readonly number[];
}

export interface Made {
  readonly id: number;
  readonly status: string;
  readonly start: string;
  readonly date: string;
  readonly barber_id: number;
  readonly barber_name: string;
  readonly notes: string | null;
  readonly version: number;
  readonly manage_token: string;
}

const DAY_MS = 86_400_000;
/** Free times of a barber on a day: with fewer there would be nowhere to move to. */
const ROOM = 6;

/** Free times for a haircut on a date; of a barber, or of any. */
export async function freeSlots(scene: Scene, date: string, barberId?: number): Promise<Slot[]> {
  const whom = barberId === undefined ? '' : `&barber_id=${barberId}`;
  const { slots } = await scene.ask<{ slots: Slot[] }>(
    'GET',
    `/api/v2/bookings/available-slots?service=Haircut&target_date=${date}${whom}`,
  );
  return slots.filter(({ available }) => available);
}

/** A haircut that is free at least two days from now, with a barber who has other free times on that day. */
async function wish(scene: Scene, notes: string | undefined) {
  const date = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  const { items: barbers } = await scene.ask<{ items: { id: number }[] }>('GET', '/api/v2/barbers');
  for (const { id } of barbers) {
    const { days } = await scene.ask<{ days: { date: string; free_slots: number }[] }>(
      'GET',
      `/api/v2/bookings/available-days?from=${date(2)}&to=${date(28)}&service=Haircut&barber_id=${id}`,
    );
    const day = days.find(({ free_slots }) => free_slots >= ROOM);
    const [slot] = day === undefined ? [] : await freeSlots(scene, day.date, id);
    if (slot !== undefined)
      return { start: slot.start, service: 'Haircut', barber_id: id, ...(notes !== undefined && { notes }) };
  }
  throw new Error('No barber of the demo shop has a day with room');
}

/** A haircut of an account. */
export async function bookAs(scene: Scene, as: Person, notes?: string): Promise<Made> {
  return scene.ask('POST', '/api/v2/bookings/create', await wish(scene, notes), as);
}

/** A haircut of a guest: who has the token. */
export async function bookAsGuest(scene: Scene, notes?: string): Promise<Made> {
  const guest = { name: 'Grace Hopper', email: 'grace@example.com' };
  return scene.ask('POST', '/api/v2/bookings/guest', { ...(await wish(scene, notes)), ...guest });
}
