import type { Static } from 'typebox';
import type { HistoryAnswer } from '../../../src/http/wire/booking.ts';
import type { ChangeBody } from '../../../src/http/wire/booking-request.ts';

export type Change = Static<typeof HistoryAnswer>['items'][number];
export type ChangeOf = Static<typeof ChangeBody>;
