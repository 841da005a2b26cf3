import type { Catalogue } from '../language.ts';

/** Of the opening hours. */
export const hoursWords: Catalogue<{
  title: string;
  about: string;
  open: string;
  closed: string;
  saved: string;
}> = {
  en: {
    title: 'Opening hours',
    about: 'The usual week of the shop. Nobody can be booked outside of it, whatever hours a barber has.',
    open: 'Open',
    closed: 'Closed',
    saved: 'The opening hours are saved. Every booking fits.',
  },
  es: {
    title: 'Horario de apertura',
    about:
      'La semana habitual del local. Fuera de ella no se puede reservar, sea cual sea el horario de cada barbero.',
    open: 'Abierto',
    closed: 'Cerrado',
    saved: 'El horario está guardado. Todas las reservas encajan.',
  },
};
