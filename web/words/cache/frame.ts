import type { Catalogue } from '../language.ts';

const en = {
  title: 'Cache',
  lead: 'What makes availability instant. It never offers what is taken; when it fails, answers are merely slower.',
  sections: 'On this page',
  glance: 'At a glance',
  trends: 'Trends',
  demand: 'Demand',
  warmUp: 'Warm-up',
  invalidation: 'Invalidation',
  lifetimes: 'Lifetimes',
  keys: 'Keys',
  asOf: (time: string) => `As of ${time}`,
  pause: 'Pause updates',
  resume: 'Resume updates',
  cancel: 'Cancel',
};

/** Of the page as a whole. */
export const frameWords: Catalogue<typeof en> = {
  en,
  es: {
    title: 'Caché',
    lead: 'Lo que hace instantánea la disponibilidad. Nunca ofrece lo ocupado; si falla, solo se responde más despacio.',
    sections: 'En esta página',
    glance: 'De un vistazo',
    trends: 'Tendencias',
    demand: 'Demanda',
    warmUp: 'Precarga',
    invalidation: 'Invalidación',
    lifetimes: 'Duraciones',
    keys: 'Claves',
    asOf: (time) => `A las ${time}`,
    pause: 'Pausar actualización',
    resume: 'Reanudar actualización',
    cancel: 'Cancelar',
  },
};
