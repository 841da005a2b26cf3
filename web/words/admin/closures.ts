import type { TimesAwayWords } from '../../admin/ranges/times-away.tsx';
import type { Catalogue } from '../language.ts';

/** Of closures and the import of holidays. */
export const closuresWords: Catalogue<{
  title: string;
  about: string;
  times: TimesAwayWords;
  holidays: string;
  holidaysAbout: string;
  country: string;
  state: string;
  wholeCountry: string;
  region: string;
  wholeState: string;
  year: string;
  chooseCountry: string;
  preview: (count: number) => string;
  none: string;
  already: string;
  all: string;
  nothing: string;
  import: (count: number) => string;
  imported: (count: number) => string;
  chooseSome: string;
}> = {
  en: {
    title: 'Closures',
    about:
      'Days and hours on which the shop is closed although it usually is open. Bookings stay until you move them.',
    times: {
      add: 'Add a closure',
      reasonHint: 'Shown to staff only. As in: stocktaking.',
      added: 'The shop is closed then. No booking was in the way.',
      removed: 'The closure is gone.',
      none: 'No closures are coming. Add one, or import your country’s holidays.',
      nonePast: 'There were no closures.',
    },
    holidays: 'Import holidays',
    holidaysAbout:
      'Public holidays of your country or state, as closures of the whole day. You choose which.',
    country: 'Country',
    state: 'State',
    wholeCountry: 'The whole country',
    region: 'Region',
    wholeState: 'The whole state',
    year: 'Year',
    chooseCountry: 'Choose a country to see its holidays.',
    preview: (count) => (count === 1 ? '1 public holiday' : `${count} public holidays`),
    none: 'No holidays are left there in this year. Choose another year.',
    already: 'closed already',
    all: 'Choose all',
    nothing: 'Choose none',
    import: (count) => (count === 1 ? 'Close on 1 day' : `Close on ${count} days`),
    imported: (count) =>
      count === 1
        ? 'Closed on 1 more day. No booking was in the way.'
        : `Closed on ${count} more days. No booking was in the way.`,
    chooseSome: 'Choose at least one day.',
  },
  es: {
    title: 'Cierres',
    about:
      'Días y horas en que el local está cerrado aunque suela abrir. Las reservas siguen hasta que las cambies.',
    times: {
      add: 'Añadir un cierre',
      reasonHint: 'Solo lo ve el personal. Por ejemplo: inventario.',
      added: 'El local estará cerrado. No había ninguna reserva.',
      removed: 'El cierre se quitó.',
      none: 'No hay cierres próximos. Añade uno o importa los feriados de tu país.',
      nonePast: 'No hubo cierres.',
    },
    holidays: 'Importar feriados',
    holidaysAbout: 'Feriados de tu país o estado, como cierres de todo el día. Tú eliges cuáles.',
    country: 'País',
    state: 'Estado o provincia',
    wholeCountry: 'Todo el país',
    region: 'Región',
    wholeState: 'Todo el estado',
    year: 'Año',
    chooseCountry: 'Elige un país para ver sus feriados.',
    preview: (count) => (count === 1 ? '1 feriado' : `${count} feriados`),
    none: 'Ya no quedan feriados allí en este año. Elige otro año.',
    already: 'ya cerrado',
    all: 'Elegir todos',
    nothing: 'Elegir ninguno',
    import: (count) => (count === 1 ? 'Cerrar 1 día' : `Cerrar ${count} días`),
    imported: (count) =>
      count === 1
        ? 'Cerrado 1 día más. No había ninguna reserva.'
        : `Cerrado ${count} días más. No había ninguna reserva.`,
    chooseSome: 'Elige al menos un día.',
  },
};
