import type { Fault, Outcome } from '../../outcome.ts';
import type * as availability from './availability.ts';
import type * as b from './bookings.ts';

/** What can be asked of a booking service. */
export interface BookingMethods {
  getAvailableSlots(options: availability.SlotsOptions): Promise<Outcome<availability.AvailableSlots>>;
  getAvailableSlotsWithBarberAvailability(
    options: availability.BarberSlotsOptions,
  ): Promise<Outcome<availability.AvailableSlots>>;
  getAvailableDays(options: availability.DaysOptions): Promise<Outcome<availability.AvailableDays>>;
  getNextAvailableSlot(options: availability.NextSlotOptions): Promise<Outcome<availability.NextAvailable>>;
  /** Whether each of up to 100 bookings could be made now, in the order asked. */
  checkAvailability(options: availability.BatchOptions): Promise<Outcome<availability.BatchAvailability>>;
  /** What is wrong with the parts of a request, or of a change, that are given; nothing is written. */
  checkRequest(options: b.RequestParts): Promise<readonly Fault[]>;
  /** Keeps a slot for the shop's `holdMinutes` while somebody fills in a form. */
  holdSlot(options: b.HoldOptions): Promise<Outcome<b.Hold>>;
  releaseHold(options: { readonly holdToken: string } & b.WriteOptions<null>): Promise<Outcome<null>>;
  createBooking(options: b.CreateBookingOptions): Promise<Outcome<b.Booking>>;
  createGuestBooking(options: b.GuestBookingOptions): Promise<Outcome<b.GuestBooking>>;
  /** On a client's behalf; notice and horizon do not count. */
  createStaffBooking(options: b.StaffBookingOptions): Promise<Outcome<b.StaffBooking>>;
  updateBooking(options: b.UpdateBookingOptions): Promise<Outcome<b.Booking>>;
  rescheduleBooking(options: b.RescheduleBookingOptions): Promise<Outcome<b.Booking>>;
  cancelBooking(options: b.StatusOptions): Promise<Outcome<b.Booking>>;
  /** By staff: the client was there, or was not. Either can be corrected into the other. */
  completeBooking(options: b.StatusOptions): Promise<Outcome<b.Booking>>;
  markNoShow(options: b.StatusOptions): Promise<Outcome<b.Booking>>;
  getBookingById(options: b.BookingRef): Promise<Outcome<b.Booking>>;
  /** The booking that this token was given out for. */
  getManagedBooking(options: { readonly manageToken: string }): Promise<Outcome<b.Booking>>;
  getUserBookings(options: b.UserBookingsOptions): Promise<b.Page<b.Booking>>;
  getBookingHistory(options: b.BookingRef): Promise<Outcome<readonly b.BookingChange[]>>;
  /** The bookings that begin within a range of dates, the earliest first, with their clients. */
  getCalendar(options: b.CalendarOptions): Promise<Outcome<b.Page<b.StaffBooking>>>;
  findClients(options: b.ClientsOptions): Promise<Outcome<b.Page<b.ClientHistory>>>;
}

/** The booking service, with a cache in front or without: the same methods, the same answers. */
export interface BookingService extends BookingMethods {
  /** Ends the connections that the service opened itself. */
  close(): Promise<void>;
}
