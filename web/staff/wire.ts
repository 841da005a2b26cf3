/** What the server answers to staff, by its own schemas. */
import type { Static } from 'typebox';
import type { AddedTimeOffAnswer } from '../../src/http/wire/admin/barber-hours.ts';
import type { HistoryAnswer, StaffBookingSchema } from '../../src/http/wire/booking.ts';
import type { ClientsAnswer, WorkingTimeAnswer } from '../../src/http/wire/staff.ts';

export type StaffBooking = Static<typeof StaffBookingSchema>;
export type Status = StaffBooking['status'];
export type KnownClient = Static<typeof ClientsAnswer>['items'][number];
export type WorkingDay = Static<typeof WorkingTimeAnswer>['items'][number];
export type TimeOff = WorkingDay['time_off'][number];
export type AddedTimeOff = Static<typeof AddedTimeOffAnswer>;
export type HistoryEntry = Static<typeof HistoryAnswer>['items'][number];
