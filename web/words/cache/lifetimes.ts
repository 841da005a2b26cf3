import type { Catalogue } from '../language.ts';

const en = {
  about:
    'How long a value may be kept while nothing changes. A longer lifetime never makes anything stale: it only takes more memory.',
  ownersOnly: 'Only administrators of all shops may change them, because they hold for every server.',
  kinds: {
    days: { title: 'Days', about: 'A day of a barber: what is free and what is taken.' },
    schedules: { title: 'Schedules', about: 'A barber’s hours, exceptions and time off.' },
    rules: { title: 'Rules', about: 'A shop’s settings, opening hours, closures and services.' },
  },
  present: 'Now',
  standard: 'Default',
  changed: (when: string) => `changed ${when}`,
  options: 'What other lifetimes would give',
  lifetime: 'Lifetime',
  hitRate: 'Hit rate',
  memory: 'Memory',
  recommended: 'Recommended',
  isPresent: 'Now',
  apply: 'Apply',
  applyThis: (lifetime: string) => `Apply ${lifetime}`,
  toDefault: 'Back to default',
  other: 'Another lifetime, in seconds',
  otherHint: '1 to 86,400',
  applied: (kind: string, lifetime: string) => `${kind}: kept for ${lifetime} now, on all servers.`,
  undo: 'Undo',
  none: '–',
  sampled: (reads: string, keys: string) => `From ${reads} of ${keys} on this server.`,
  readCount: (n: number, text: string) => (n === 1 ? '1 read' : `${text} reads`),
  keyCount: (n: number, text: string) => (n === 1 ? '1 key' : `${text} keys`),
  // In English the server says it itself.
  tooLittle: (_reads: string) => '',
  longer: (_lifetime: string, _from: string, _to: string, _memory: string) => '',
  shorter: (_lifetime: string, _memory: string) => '',
  stay: (_rate: string) => '',
};

/** Of the lifetimes of cached values. */
export const lifetimeWords: Catalogue<typeof en> = {
  en,
  es: {
    about:
      'Cuánto se puede guardar un valor mientras nada cambie. Una duración mayor nunca deja nada anticuado: solo ocupa más memoria.',
    ownersOnly:
      'Solo quienes administran todos los locales pueden cambiarlas, porque valen para todos los servidores.',
    kinds: {
      days: { title: 'Días', about: 'Un día de un barbero: qué está libre y qué ocupado.' },
      schedules: { title: 'Horarios', about: 'Horas, excepciones y ausencias de un barbero.' },
      rules: { title: 'Reglas', about: 'Ajustes, horario de apertura, cierres y servicios de un local.' },
    },
    present: 'Ahora',
    standard: 'Por defecto',
    changed: (when) => `cambiada ${when}`,
    options: 'Qué darían otras duraciones',
    lifetime: 'Duración',
    hitRate: 'Aciertos',
    memory: 'Memoria',
    recommended: 'Recomendada',
    isPresent: 'Ahora',
    apply: 'Aplicar',
    applyThis: (lifetime) => `Aplicar ${lifetime}`,
    toDefault: 'Volver al valor por defecto',
    other: 'Otra duración, en segundos',
    otherHint: 'De 1 a 86,400',
    applied: (kind, lifetime) => `${kind}: ahora se guardan ${lifetime}, en todos los servidores.`,
    undo: 'Deshacer',
    none: '–',
    sampled: (reads, keys) => `De ${reads} de ${keys} en este servidor.`,
    readCount: (n, text) => (n === 1 ? '1 lectura' : `${text} lecturas`),
    keyCount: (n, text) => (n === 1 ? '1 clave' : `${text} claves`),
    tooLittle: (reads) => `Se ha leído demasiado poco para decir algo: ${reads} de 1000 lecturas.`,
    longer: (lifetime, from, to, memory) =>
      `Con ${lifetime} los aciertos pasarían de ${from} a ${to}, en ${memory} de memoria.`,
    shorter: (lifetime, memory) => `Con ${lifetime} bastarían ${memory} de memoria, con los mismos aciertos.`,
    stay: (rate) =>
      `No hay nada que ganar: ${rate} son aciertos, y ninguna duración mayor añade un uno por ciento.`,
  },
};
