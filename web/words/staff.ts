import type { Catalogue } from './language.ts';

/** Of the page on which the shop's staff works. */
export interface StaffWords {
  title: string;
  day: string;
  week: string;
  view: string;
  previousDay: string;
  nextDay: string;
  previousWeek: string;
  nextWeek: string;
  today: string;
  date: string;
  barber: string;
  everybody: string;
  grid: string;
  list: string;
  layout: string;
  showCancelled: string;
  newBooking: string;
  blockTime: string;
  calendarOf(range: string): string;
  walkIn: string;
  timeOff: string;
  free: string;
  book: string;
  with(barber: string): string;
  status: Record<'confirmed' | 'completed' | 'cancelled' | 'no_show', string>;
  done: string;
  noShow: string;
  correctDone: string;
  correctNoShow: string;
  move: string;
  cancel: string;
  remove: string;
  undo: string;
  moved(name: string, place: string): string;
  /** `price`: where the booking has another than before. */
  movedBack(name: string, price?: string): string;
  said: Record<'complete' | 'no-show', (name: string) => string>;
  cancelledOne(name: string): string;
  bookedInTheWay(name: string, barber: string, times: string): string;
  offInTheWay: string;
  moveFailed(name: string, why: string): string;
  chooseTime: string;
  nobodyHere: string;
  closedToday: string;
  time: string;
  client: string;
  service: string;
  state: string;
  bookings(n: number): string;
  news: {
    made(name: string, place: string): string;
    moved(name: string, place: string): string;
    cancelled(name: string, place: string): string;
    more(n: number): string;
  };
}

export const staffWords: Catalogue<StaffWords> = {
  en: {
    title: 'The day',
    day: 'Day',
    week: 'Week',
    view: 'Period',
    previousDay: 'Day before',
    nextDay: 'Day after',
    previousWeek: 'Week before',
    nextWeek: 'Week after',
    today: 'Today',
    date: 'Date',
    barber: 'Barber',
    everybody: 'All barbers',
    grid: 'Calendar',
    list: 'List',
    layout: 'Show as',
    showCancelled: 'Show cancelled',
    newBooking: 'New booking',
    blockTime: 'Block time',
    calendarOf: (range) => `Calendar, ${range}`,
    walkIn: 'Walk-in',
    timeOff: 'Time off',
    free: 'Free',
    book: 'Book',
    with: (barber) => `with ${barber}`,
    status: { confirmed: 'Confirmed', completed: 'Done', cancelled: 'Cancelled', no_show: 'No-show' },
    done: 'Done',
    noShow: 'No-show',
    correctDone: 'Was there after all',
    correctNoShow: 'Did not come after all',
    move: 'Move',
    cancel: 'Cancel booking',
    remove: 'Remove',
    undo: 'Undo',
    moved: (name, place) => `${name} moved to ${place}.`,
    movedBack: (name, price) => `${name} is back where they were${price ? `, now ${price}` : ''}.`,
    said: {
      complete: (name) => `${name}: done.`,
      'no-show': (name) => `${name}: no-show. The time is free again.`,
    },
    cancelledOne: (name) => `${name}’s booking is cancelled; the time is free again.`,
    bookedInTheWay: (name, barber, times) => `${barber} has ${name} then, ${times}.`,
    offInTheWay: 'That is within time off.',
    moveFailed: (name, why) => `${name} stays where they are. ${why}`,
    chooseTime: 'Choose a time',
    nobodyHere: 'Nobody works here yet. Barbers are added on the page of the shop.',
    closedToday: 'Not working.',
    time: 'Time',
    client: 'Client',
    service: 'Service',
    state: 'Status',
    bookings: (n) => (n === 1 ? '1 booking' : `${n} bookings`),
    news: {
      made: (name, place) => `New: ${name}, ${place}.`,
      moved: (name, place) => `Moved: ${name}, ${place}.`,
      cancelled: (name, place) => `Cancelled: ${name}, ${place}.`,
      more: (n) => `And ${n} more.`,
    },
  },
  es: {
    title: 'La agenda',
    day: 'Día',
    week: 'Semana',
    view: 'Período',
    previousDay: 'Día anterior',
    nextDay: 'Día siguiente',
    previousWeek: 'Semana anterior',
    nextWeek: 'Semana siguiente',
    today: 'Hoy',
    date: 'Fecha',
    barber: 'Barbero',
    everybody: 'Todos los barberos',
    grid: 'Calendario',
    list: 'Lista',
    layout: 'Mostrar como',
    showCancelled: 'Mostrar canceladas',
    newBooking: 'Nueva reserva',
    blockTime: 'Bloquear tiempo',
    calendarOf: (range) => `Calendario, ${range}`,
    walkIn: 'Sin cita previa',
    timeOff: 'Ausencia',
    free: 'Libre',
    book: 'Reservar',
    with: (barber) => `con ${barber}`,
    status: { confirmed: 'Confirmada', completed: 'Atendida', cancelled: 'Cancelada', no_show: 'No vino' },
    done: 'Atendida',
    noShow: 'No vino',
    correctDone: 'Al final sí vino',
    correctNoShow: 'Al final no vino',
    move: 'Mover',
    cancel: 'Cancelar reserva',
    remove: 'Quitar',
    undo: 'Deshacer',
    moved: (name, place) => `${name} pasó a ${place}.`,
    movedBack: (name, price) => `${name} está de nuevo donde estaba${price ? `, ahora ${price}` : ''}.`,
    said: {
      complete: (name) => `${name}: atendida.`,
      'no-show': (name) => `${name}: no vino. La hora vuelve a estar libre.`,
    },
    cancelledOne: (name) => `La reserva de ${name} está cancelada; la hora vuelve a estar libre.`,
    bookedInTheWay: (name, barber, times) => `${barber} tiene entonces a ${name}, ${times}.`,
    offInTheWay: 'Esa hora cae en una ausencia.',
    moveFailed: (name, why) => `${name} se queda donde estaba. ${why}`,
    chooseTime: 'Elegir una hora',
    nobodyHere: 'Aquí no trabaja nadie todavía. Los barberos se agregan en la página del local.',
    closedToday: 'No trabaja.',
    time: 'Hora',
    client: 'Cliente',
    service: 'Servicio',
    state: 'Estado',
    bookings: (n) => (n === 1 ? '1 reserva' : `${n} reservas`),
    news: {
      made: (name, place) => `Nueva: ${name}, ${place}.`,
      moved: (name, place) => `Se movió: ${name}, ${place}.`,
      cancelled: (name, place) => `Se canceló: ${name}, ${place}.`,
      more: (n) => `Y ${n} más.`,
    },
  },
};
