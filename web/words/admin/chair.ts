import type { TimesAwayWords } from '../../admin/ranges/times-away.tsx';
import type { Catalogue } from '../language.ts';

/** Of when a barber works: the usual week, single dates, and time off. */
export const chairWords: Catalogue<{
  own: string;
  noChair: string;
  parts: Readonly<Record<'hours' | 'dates' | 'away', string>>;
  hoursAbout: string;
  works: string;
  free: string;
  hoursSaved: string;
  datesAbout: string;
  addDate: string;
  noDates: string;
  date: string;
  dateHint: string;
  onThatDay: string;
  otherHours: string;
  dayOff: string;
  thatDay: string;
  dateSaved: string;
  dateRemoved: string;
  awayAbout: string;
  away: TimesAwayWords;
}> = {
  en: {
    own: 'Your working time',
    noChair:
      'Your account is not linked to a chair here. Ask an administrator of the shop to invite you as a barber.',
    parts: { hours: 'Weekly hours', dates: 'Single dates', away: 'Time off' },
    hoursAbout: 'The usual week. What lies outside of the shop’s opening hours cannot be booked.',
    works: 'Works',
    free: 'Free',
    hoursSaved: 'The hours are saved. Every booking fits.',
    datesAbout: 'Dates on which the usual week does not hold: other hours, or a day off.',
    addDate: 'Add a date',
    noDates: 'The usual week holds on every date to come. Add a date to work other hours on it.',
    date: 'Date',
    dateHint: 'What was set for this date before is replaced.',
    onThatDay: 'On that day',
    otherHours: 'Other hours',
    dayOff: 'Day off',
    thatDay: 'That day',
    dateSaved: 'The date is saved. Every booking fits.',
    dateRemoved: 'The usual week holds again on that date.',
    awayAbout:
      'Holidays, appointments, sick days. Nothing can be booked then, and bookings stay until they are moved.',
    away: {
      add: 'Add time off',
      reasonHint: 'Shown to staff only. As in: holiday.',
      added: 'The time off is there. No booking was in the way.',
      removed: 'The time off is gone.',
      none: 'No time off is coming. Add it as soon as it is known, and nobody books into it.',
      nonePast: 'There was no time off.',
    },
  },
  es: {
    own: 'Tu horario de trabajo',
    noChair:
      'Tu cuenta no está vinculada a ningún sillón aquí. Pide a un administrador del local que te invite como barbero.',
    parts: { hours: 'Horario semanal', dates: 'Fechas sueltas', away: 'Ausencias' },
    hoursAbout: 'La semana habitual. Lo que queda fuera del horario del local no se puede reservar.',
    works: 'Trabaja',
    free: 'Libre',
    hoursSaved: 'El horario está guardado. Todas las reservas encajan.',
    datesAbout: 'Fechas en que no vale la semana habitual: otro horario o un día libre.',
    addDate: 'Añadir una fecha',
    noDates:
      'La semana habitual vale para todas las fechas próximas. Añade una fecha para trabajar en otro horario.',
    date: 'Fecha',
    dateHint: 'Reemplaza lo que hubiera antes para esa fecha.',
    onThatDay: 'Ese día',
    otherHours: 'Otro horario',
    dayOff: 'Día libre',
    thatDay: 'Ese día',
    dateSaved: 'La fecha está guardada. Todas las reservas encajan.',
    dateRemoved: 'Esa fecha vuelve a la semana habitual.',
    awayAbout:
      'Vacaciones, citas, enfermedad. No se puede reservar entonces, y las reservas siguen hasta que se cambien.',
    away: {
      add: 'Añadir ausencia',
      reasonHint: 'Solo lo ve el personal. Por ejemplo: vacaciones.',
      added: 'La ausencia está guardada. No había ninguna reserva.',
      removed: 'La ausencia se quitó.',
      none: 'No hay ausencias próximas. Añádelas en cuanto las sepas y nadie reservará entonces.',
      nonePast: 'No hubo ausencias.',
    },
  },
};
