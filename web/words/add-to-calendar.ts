import type { Catalogue } from './language.ts';

export const calendarWords: Catalogue<{ add: string; failed: string }> = {
  en: { add: 'Add to calendar', failed: 'The calendar file could not be loaded.' },
  es: { add: 'Añadir al calendario', failed: 'No se pudo cargar el archivo del calendario.' },
};
