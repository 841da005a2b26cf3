import type { Catalogue } from '../language.ts';

interface KindWords {
  readonly name: string;
  readonly purpose: string;
  readonly invalidatedBy: string;
}

interface KeyWords {
  readonly places: Readonly<Record<'redis' | 'process', string>>;
  readonly all: (keys: string, bytes: string) => string;
  readonly estimated: string;
  readonly keys: string;
  readonly size: string;
  readonly average: string;
  readonly lifetime: string;
  readonly invalidatedBy: string;
  readonly none: string;
  readonly kinds: Readonly<Record<string, KindWords>>;
}

/** Of the kinds of keys, by the name that the API gives them. */
export const keyWords: Catalogue<KeyWords> = {
  en: {
    places: {
      redis: 'Counted in Redis.',
      process: 'Counted in the process: Redis is not used or does not answer.',
    },
    all: (keys, bytes) => `${keys} keys, ${bytes}.`,
    estimated: 'A sample, and the rest taken to be alike.',
    keys: 'Keys',
    size: 'Size',
    average: 'Each',
    lifetime: 'Lifetime',
    invalidatedBy: 'Ends early by',
    none: '–',
    kinds: {
      day: {
        name: 'Days',
        purpose: 'A barber’s day: working time, time off, occupied time.',
        invalidatedBy: 'bookings and holds of that day, the barber’s hours and time off, the shop’s rules',
      },
      schedule: {
        name: 'Schedules',
        purpose: 'A barber’s hours, overrides and time off.',
        invalidatedBy: 'the barber’s hours, overrides and time off',
      },
      rules: {
        name: 'Rules',
        purpose: 'A shop’s settings, opening hours, closures, services and barbers.',
        invalidatedBy: 'a change of any of these',
      },
      claim: {
        name: 'Claims',
        purpose: 'Which server loads a value just now, so that the others wait for it.',
        invalidatedBy: 'the end of the load',
      },
      limit: {
        name: 'Limits',
        purpose: 'A visitor’s requests, counted for all servers together.',
        invalidatedBy: 'the end of the minute',
      },
      heartbeat: {
        name: 'Heartbeat',
        purpose: 'Written twice a second, to know that Redis can be written to.',
        invalidatedBy: 'nothing',
      },
      probe: {
        name: 'Probes',
        purpose: 'Written, read and deleted by a health check.',
        invalidatedBy: 'the end of the check',
      },
    },
  },
  es: {
    places: {
      redis: 'Contadas en Redis.',
      process: 'Contadas en el proceso: Redis no se usa o no responde.',
    },
    all: (keys, bytes) => `${keys} claves, ${bytes}.`,
    estimated: 'Una muestra; el resto se supone igual.',
    keys: 'Claves',
    size: 'Tamaño',
    average: 'Cada una',
    lifetime: 'Duración',
    invalidatedBy: 'Antes la terminan',
    none: '–',
    kinds: {
      day: {
        name: 'Días',
        purpose: 'El día de un barbero: tiempo de trabajo, ausencias y tiempo ocupado.',
        invalidatedBy: 'reservas y retenciones de ese día, horas y ausencias del barbero, reglas del local',
      },
      schedule: {
        name: 'Horarios',
        purpose: 'Horas, excepciones y ausencias de un barbero.',
        invalidatedBy: 'horas, excepciones y ausencias del barbero',
      },
      rules: {
        name: 'Reglas',
        purpose: 'Ajustes, horario de apertura, cierres, servicios y barberos de un local.',
        invalidatedBy: 'un cambio de cualquiera de ellos',
      },
      claim: {
        name: 'Turnos de carga',
        purpose: 'Qué servidor carga un valor ahora mismo, para que los demás lo esperen.',
        invalidatedBy: 'el fin de la carga',
      },
      limit: {
        name: 'Límites',
        purpose: 'Las peticiones de un visitante, contadas en todos los servidores.',
        invalidatedBy: 'el fin del minuto',
      },
      heartbeat: {
        name: 'Latido',
        purpose: 'Se escribe dos veces por segundo, para saber que Redis acepta escrituras.',
        invalidatedBy: 'nada',
      },
      probe: {
        name: 'Pruebas',
        purpose: 'Una comprobación la escribe, la lee y la borra.',
        invalidatedBy: 'el fin de la comprobación',
      },
    },
  },
};
