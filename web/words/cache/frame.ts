import type { Catalogue } from '../language.ts';

const en = {
  title: 'Cache',
  lead: 'What readers are answered from, on the server that answers you. It never shows what is not so; at worst it is slow.',
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
    lead: 'De aquí salen las respuestas, en el servidor que te atiende. Nunca muestra lo que no es; en el peor caso es lenta.',
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
