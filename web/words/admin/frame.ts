import type { Section } from '../../admin/frame/address.ts';
import type { Catalogue } from '../language.ts';

/** Of the administration's frame. */
export const frameWords: Catalogue<{
  title: string;
  own: string;
  menu: string;
  sections: Readonly<Record<Section, string>>;
  shops: string;
  waits: string;
}> = {
  en: {
    title: 'Run the shop',
    own: 'Your working time',
    menu: 'Sections',
    sections: {
      hours: 'Opening hours',
      closures: 'Closures',
      services: 'Services',
      barbers: 'Barbers',
      people: 'People and roles',
      settings: 'Booking rules',
      'new-shop': 'New shop',
    },
    shops: 'Your shops',
    waits: 'unsaved changes',
  },
  es: {
    title: 'Administrar el local',
    own: 'Tu horario de trabajo',
    menu: 'Secciones',
    sections: {
      hours: 'Horario de apertura',
      closures: 'Cierres',
      services: 'Servicios',
      barbers: 'Barberos',
      people: 'Personas y permisos',
      settings: 'Reglas de reserva',
      'new-shop': 'Nuevo local',
    },
    shops: 'Tus locales',
    waits: 'cambios sin guardar',
  },
};
