import type { PartOfDay } from '../picker/times-of-day.ts';
import type { Catalogue } from './language.ts';

export const pickerWords: Catalogue<{
  day: string;
  time: string;
  previousMonth: string;
  nextMonth: string;
  /** Read out with the date. */
  free: (count: number) => string;
  full: string;
  closed: string;
  outOfRange: string;
  parts: Record<PartOfDay, string>;
  next: (when: string) => string;
  nothingOnDay: string;
  closedDay: string;
  nothingAtAll: string;
  yourZone: (zone: string) => string;
  /** Before a time. */
  atShop: string;
  reasons: Record<string, string>;
  taken: string;
  staleSince: (when: string) => string;
}> = {
  en: {
    day: 'Day',
    time: 'Time',
    previousMonth: 'Previous month',
    nextMonth: 'Next month',
    free: (count) => (count === 1 ? '1 free time' : `${count} free times`),
    full: 'fully booked',
    closed: 'closed',
    outOfRange: 'cannot be booked yet, or any more',
    parts: { morning: 'Morning', afternoon: 'Afternoon', evening: 'Evening' },
    next: (when) => `Next free: ${when}`,
    nothingOnDay: 'Everything is taken on this day.',
    closedDay: 'The shop is closed on this day.',
    nothingAtAll: 'Nothing is free as far ahead as can be booked. Try another barber or service.',
    yourZone: (zone) => `Times are yours (${zone}); the shop’s own are below them.`,
    atShop: 'at the shop',
    reasons: {
      booked: 'taken',
      buffer: 'taken',
      time_off: 'not working',
      too_long: 'too long for this gap',
      past: 'over',
      notice: 'too soon',
      too_far_ahead: 'too far ahead',
    },
    taken: 'taken',
    staleSince: (when) => `As of ${when}: the server cannot see the newest bookings just now.`,
  },
  es: {
    day: 'Día',
    time: 'Hora',
    previousMonth: 'Mes anterior',
    nextMonth: 'Mes siguiente',
    free: (count) => (count === 1 ? '1 hora libre' : `${count} horas libres`),
    full: 'completo',
    closed: 'cerrado',
    outOfRange: 'todavía no o ya no se puede reservar',
    parts: { morning: 'Mañana', afternoon: 'Tarde', evening: 'Tarde-noche' },
    next: (when) => `Próxima libre: ${when}`,
    nothingOnDay: 'Todo está ocupado ese día.',
    closedDay: 'El local cierra ese día.',
    nothingAtAll:
      'No hay nada libre en las fechas que se pueden reservar. Prueba con otro barbero u otro servicio.',
    yourZone: (zone) => `Las horas son las tuyas (${zone}); debajo, las del local.`,
    atShop: 'en el local',
    reasons: {
      booked: 'ocupada',
      buffer: 'ocupada',
      time_off: 'no se trabaja',
      too_long: 'no cabe en este hueco',
      past: 'ya pasó',
      notice: 'demasiado pronto',
      too_far_ahead: 'demasiado lejos',
    },
    taken: 'ocupada',
    staleSince: (when) => `Datos de ${when}: ahora el servidor no ve las reservas más recientes.`,
  },
};
