import type { Catalogue } from '../language.ts';

/** Of what every form of the administration has: saving, and what stands in its way. */
export const savingWords: Catalogue<{
  save: string;
  saving: string;
  saved: string;
  unsaved: string;
  discard: string;
  cancel: string;
  undo: string;
  back: string;
  remove: string;
  change: string;
  conflicts: (count: number) => string;
  conflictsHelp: string;
  understood: string;
  walkIn: string;
  booked: (service: string, barber: string) => string;
  openDay: string;
  of: (client: string, date: string) => string;
  required: string;
}> = {
  en: {
    save: 'Save changes',
    saving: 'Saving …',
    saved: 'Everything is saved',
    unsaved: 'Unsaved changes',
    discard: 'Discard',
    cancel: 'Cancel',
    undo: 'Undo',
    back: 'Back',
    remove: 'Remove',
    change: 'Change',
    conflicts: (count) =>
      count === 1 ? 'Saved, but 1 booking no longer fits' : `Saved, but ${count} bookings no longer fit`,
    conflictsHelp: 'They stay as they are, and nobody was told. Move or cancel them, and call whoever comes.',
    understood: 'Got it',
    walkIn: 'Walk-in',
    booked: (service, barber) => `${service} with ${barber}`,
    openDay: 'Open the day',
    of: (client, date) => `${client}, ${date}`,
    required: 'This is needed.',
  },
  es: {
    save: 'Guardar cambios',
    saving: 'Guardando …',
    saved: 'Todo está guardado',
    unsaved: 'Cambios sin guardar',
    discard: 'Descartar',
    cancel: 'Cancelar',
    undo: 'Deshacer',
    back: 'Volver',
    remove: 'Quitar',
    change: 'Cambiar',
    conflicts: (count) =>
      count === 1
        ? 'Guardado, pero 1 reserva ya no encaja'
        : `Guardado, pero ${count} reservas ya no encajan`,
    conflictsHelp:
      'Siguen como estaban y nadie recibió aviso. Cámbialas o cancélalas, y llama a quien iba a venir.',
    understood: 'Entendido',
    walkIn: 'Sin cita previa',
    booked: (service, barber) => `${service} con ${barber}`,
    openDay: 'Abrir el día',
    of: (client, date) => `${client}, ${date}`,
    required: 'Hace falta.',
  },
};
