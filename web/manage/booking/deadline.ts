import type { Booking, Shop } from '../../api/wire.ts';

/** Until when a client can move or cancel it: epoch ms. The server decides. */
export function deadlineOf({ start }: Booking, { cancellation_notice_minutes: notice }: Shop): number {
  return Date.parse(start) - notice * 60_000;
}
