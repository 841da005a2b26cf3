/** What the server answers, by the very schemas that it publishes. Types alone: nothing of the server is bundled. */
import type { Static } from 'typebox';
import type { MeAnswer } from '../../src/http/wire/account.ts';
import type { DaysAnswer, NextAnswer, SlotsAnswer } from '../../src/http/wire/availability.ts';
import type { BookingAnswer, GuestAnswer, HoldAnswer } from '../../src/http/wire/booking.ts';
import type { BarbersAnswer, ServicesAnswer, ShopAnswer } from '../../src/http/wire/catalogue.ts';
import type { ProblemSchema } from '../../src/http/wire/common.ts';
import type { RANGE_ANSWER, RANGE_BODY } from '../../src/http/wire/schedule.ts';

export type Problem = Static<typeof ProblemSchema>;
export type Me = Static<typeof MeAnswer>;
export type Shop = Static<typeof ShopAnswer>;
export type Service = Static<typeof ServicesAnswer>['items'][number];
export type Barber = Static<typeof BarbersAnswer>['items'][number];
export type Slots = Static<typeof SlotsAnswer>;
export type Slot = Slots['slots'][number];
export type Days = Static<typeof DaysAnswer>;
export type Next = Static<typeof NextAnswer>;
export type Hold = Static<typeof HoldAnswer>;
export type Booking = Static<typeof BookingAnswer>;
export type GuestBooking = Static<typeof GuestAnswer>;
/** Of a closure or time off. */
export type RangeBody = { readonly [K in keyof typeof RANGE_BODY]?: Static<(typeof RANGE_BODY)[K]> };
export type RangeAnswer = { readonly [K in keyof typeof RANGE_ANSWER]: Static<(typeof RANGE_ANSWER)[K]> };
