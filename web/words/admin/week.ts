import type { Catalogue } from '../language.ts';

/** Of the editor of a week, and of the periods of a day. */
export const weekWords: Catalogue<{
  total: (duration: string) => string;
  opens: (day: string) => string;
  closes: (day: string) => string;
  remove: (day: string) => string;
  add: string;
  nextDay: string;
  copy: string;
  copyTitle: (day: string) => string;
  copyNow: string;
  workdays: string;
  everyDay: string;
  faults: Readonly<Record<'missing' | 'same' | 'overlap', string>>;
}> = {
  en: {
    total: (duration) => `${duration} a week`,
    opens: (day) => `${day}: from`,
    closes: (day) => `${day}: to`,
    remove: (day) => `Remove this period of ${day}`,
    add: 'Add a period',
    nextDay: 'Ends on the following day.',
    copy: 'Copy to …',
    copyTitle: (day) => `Copy ${day} to`,
    copyNow: 'Copy',
    workdays: 'Monday to Friday',
    everyDay: 'Every day',
    faults: {
      missing: 'Fill in both times, or remove the period.',
      same: 'It begins and ends at the same time. From midnight to midnight is a whole day.',
      overlap: 'It overlaps the period before. Make them one, or leave a gap.',
    },
  },
  es: {
    total: (duration) => `${duration} por semana`,
    opens: (day) => `${day}: desde`,
    closes: (day) => `${day}: hasta`,
    remove: (day) => `Quitar este horario: ${day}`,
    add: 'Añadir un horario',
    nextDay: 'Termina al día siguiente.',
    copy: 'Copiar a …',
    copyTitle: (day) => `Copiar ${day} a`,
    copyNow: 'Copiar',
    workdays: 'De lunes a viernes',
    everyDay: 'Todos los días',
    faults: {
      missing: 'Completa las dos horas o quita el horario.',
      same: 'Empieza y termina a la misma hora. De medianoche a medianoche es el día entero.',
      overlap: 'Se cruza con el horario anterior. Únelos o deja un espacio entre ambos.',
    },
  },
};
