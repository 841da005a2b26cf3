import type { Catalogue } from './language.ts';

/** Who changed what on a booking. */
export const historyWords: Catalogue<{
  title: string;
  you: string;
  shop: string;
  booked: string;
  cancelled: string;
  completed: string;
  missed: string;
  restored: string;
  moved: (from: string, to: string) => string;
  barber: (from: string, to: string) => string;
  somebody: string;
  service: (from: string, to: string) => string;
  notes: string;
  other: string;
}> = {
  en: {
    title: 'What happened so far',
    you: 'You',
    shop: 'The shop',
    booked: 'Booked',
    cancelled: 'Cancelled',
    completed: 'Marked as done',
    missed: 'Marked as missed',
    restored: 'Set back to confirmed',
    moved: (from, to) => `Moved from ${from} to ${to}`,
    barber: (from, to) => `With ${to} instead of ${from}`,
    somebody: 'somebody else',
    service: (from, to) => `${to} instead of ${from}`,
    notes: 'Changed the notes',
    other: 'Changed the duration',
  },
  es: {
    title: 'Lo que ha pasado',
    you: 'Tú',
    shop: 'El local',
    booked: 'Reserva hecha',
    cancelled: 'Cancelada',
    completed: 'Anotada como realizada',
    missed: 'Anotada como no asistida',
    restored: 'Confirmada de nuevo',
    moved: (from, to) => `Cambiada del ${from} al ${to}`,
    barber: (from, to) => `Con ${to} en vez de ${from}`,
    somebody: 'otra persona',
    service: (from, to) => `${to} en vez de ${from}`,
    notes: 'Notas cambiadas',
    other: 'Duración cambiada',
  },
};
