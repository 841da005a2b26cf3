/** What the administration asks and is answered, by the schemas of its routes. */
import type { Static } from 'typebox';
import type { OverridesAnswer, TimesOffAnswer } from '../../src/http/wire/admin/barber-hours.ts';
import type { ManagedBarberAnswer } from '../../src/http/wire/admin/barbers.ts';
import type { ClosuresAnswer, HolidaysAnswer, PlacesAnswer } from '../../src/http/wire/admin/closures.ts';
import type { InvitationAnswer } from '../../src/http/wire/admin/invitations.ts';
import type { AdminServiceAnswer } from '../../src/http/wire/admin/services.ts';
import type { AdminShopAnswer } from '../../src/http/wire/admin/shops.ts';
import type { UsersAnswer } from '../../src/http/wire/admin/users.ts';
import type { CONFLICTS } from '../../src/http/wire/booking.ts';
import type { WeekAnswer } from '../../src/http/wire/schedule.ts';

export type AdminShop = Static<typeof AdminShopAnswer>;
export type Conflict = Static<(typeof CONFLICTS)['conflicts']>[number];
export type WeekPeriod = Static<typeof WeekAnswer>[number];
export type Closure = Static<typeof ClosuresAnswer>['items'][number];
export type Holiday = Static<typeof HolidaysAnswer>['items'][number];
export type Place = Static<typeof PlacesAnswer>['items'][number];
export type ManagedService = Static<typeof AdminServiceAnswer>;
export type ManagedBarber = Static<typeof ManagedBarberAnswer>;
export type Override = Static<typeof OverridesAnswer>['items'][number];
export type TimeOff = Static<typeof TimesOffAnswer>['items'][number];
export type Invitation = Static<typeof InvitationAnswer>;
export type ShopUser = Static<typeof UsersAnswer>['items'][number];
