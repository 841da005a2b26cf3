import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { addDays, isoWeekday } from '../../../src/calendar/time.ts';
import { offsetAt } from '../../../web/staff/time/wall-clock.ts';
import type { StaffBooking } from '../../../web/staff/wire.ts';
import type { Person, Scene } from '../scene.ts';

/** A Tuesday far behind the bookings of the demo shop, on which all four barbers work; another for each `n`. */
export function tuesday(n: number): string {
  const from = addDays(new Date().toISOString().slice(0, 10), 120 + 7 * n);
  return addDays(from, (9 - isoWeekday(from)) % 7);
}

/** Epoch ms of a time at the shop; not of an hour in which clocks change. */
export function instantAt(date: string, time: string): number {
  const offset = offsetAt(Date.parse(`${date}T12:00:00Z`), 'America/New_York');
  return Date.parse(`${date}T${time}:00${offset}`);
}

/** Makes an account the barber of a chair of the demo shop. */
export async function barberAccount(scene: Scene, barberId: number): Promise<Person> {
  const person = await scene.client('Marcus the barber');
  await sql`
    with account as (select id from "user" where email = ${person.email}),
      seated as (update barber set user_id = account.id from account where barber.id = ${barberId})
    insert into shop_role (user_id, shop_id, role)
    select account.id, barber.shop_id, 'barber' from account, barber where barber.id = ${barberId}`.execute(
    scene.database.db,
  );
  return person;
}

export interface Wish {
  readonly date: string;
  readonly time: string;
  readonly barber_id?: number;
  readonly name?: string;
  readonly service?: string;
}

export function book(scene: Scene, wish: Wish): Promise<StaffBooking> {
  const body = { service: 'Haircut', barber_id: 1, ...wish };
  return scene.ask('POST', '/api/v2/staff/bookings', body, scene.administrator);
}

/** What the server has on a date. */
export async function bookingsOn(scene: Scene, date: string): Promise<StaffBooking[]> {
  const path = `/api/v2/staff/calendar?from=${date}&to=${date}`;
  const { items } = await scene.ask<{ items: StaffBooking[] }>('GET', path, undefined, scene.administrator);
  return items;
}

/** `Marcus 11:00 confirmed`: of one client. */
export async function whereIs(scene: Scene, date: string, name: string): Promise<string | undefined> {
  const found = (await bookingsOn(scene, date)).find(({ client }) => client?.name === name);
  return found && `${found.barber_name} ${found.time} ${found.status}`;
}

/** Drags a booking by whole columns and by hours, with the mouse. */
export async function drag(page: Page, name: string, columns: number, hours: number): Promise<void> {
  const entry = page.getByRole('button', { name });
  // Unlike scrolling, it tries again where the calendar is just drawn anew.
  await entry.hover();
  const [box, column] = await Promise.all([
    entry.boundingBox(),
    page.locator('.ec-body .ec-day').first().boundingBox(),
  ]);
  if (box === null || column === null) throw new Error(`${name} is not on the screen`);
  const [x, y] = [box.x + 20, box.y + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  // Half an hour is 52 px high.
  await page.mouse.move(x + columns * column.width, y + hours * 104, { steps: 8 });
  await page.mouse.up();
}
