import type { Catalogue } from './language.ts';

/** Of the list of one's bookings. */
export const listWords: Catalogue<{
  title: string;
  upcoming: string;
  past: string;
  more: (count: number) => string;
  /** Read out when the filter changes. */
  shown: (count: number) => string;
  filter: string;
  all: string;
  none: { title: string; text: string; book: string };
  noneUpcoming: string;
  noneOfStatus: string;
  back: string;
  notFound: string;
}> = {
  en: {
    title: 'My bookings',
    upcoming: 'Coming up',
    past: 'Past and cancelled',
    more: (count) => `Show ${count} more`,
    shown: (count) => (count === 1 ? '1 booking' : `${count} bookings`),
    filter: 'Show',
    all: 'All',
    none: {
      title: 'No bookings yet',
      text: 'Once you have booked a chair, it is here: to look up, to move or to cancel.',
      book: 'Book a chair',
    },
    noneUpcoming: 'Nothing coming up.',
    noneOfStatus: 'There are no bookings like that.',
    back: 'All my bookings',
    notFound: 'You have no such booking. It may belong to another account.',
  },
  es: {
    title: 'Mis reservas',
    upcoming: 'Próximas',
    past: 'Pasadas y canceladas',
    more: (count) => `Mostrar ${count} más`,
    shown: (count) => (count === 1 ? '1 reserva' : `${count} reservas`),
    filter: 'Mostrar',
    all: 'Todas',
    none: {
      title: 'Todavía no tienes reservas',
      text: 'Cuando reserves una silla, aparecerá aquí: para consultarla, cambiarla o cancelarla.',
      book: 'Reservar una silla',
    },
    noneUpcoming: 'No tienes nada próximo.',
    noneOfStatus: 'No hay reservas así.',
    back: 'Todas mis reservas',
    notFound: 'No tienes esa reserva. Puede que sea de otra cuenta.',
  },
};
