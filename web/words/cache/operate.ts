import type { Catalogue } from '../language.ts';

const en = {
  warmAbout:
    'Loads what is not cached yet, so that nobody has to wait for it. What is there already is left alone; readers hardly notice.',
  which: 'Which days',
  ahead: 'From today on',
  range: 'A range of dates',
  daysAhead: 'Days ahead',
  daysAheadHint: '1 to 30',
  from: 'From',
  to: 'To',
  rangeHint: 'At most 90 days',
  everybody: 'All barbers who are active',
  barbers: 'Barbers',
  chooseBarber: 'Choose at least one barber.',
  start: 'Warm up',
  starting: 'Warming up …',
  running: (done: string, total: string) => `${done} of ${total} days of barbers`,
  progress: 'Progress of the warm-up',
  done: (cached: string, fresh: string, time: string) =>
    `Done in ${time}: ${cached} days of barbers were loaded, ${fresh} were there already.`,
  errors: (count: string) =>
    `${count} could not be loaded. Start it again: what was loaded is not loaded twice.`,
  failed: 'The warm-up failed.',
  again: 'To start it again is always right.',
  preloadTitle: 'Settings, services and hours',
  preloadAbout: 'A handful of values that every read needs.',
  preload: 'Load them now',
  preloaded: (cached: string, fresh: string, time: string) =>
    `Done in ${time}: ${cached} values were loaded, ${fresh} were there already.`,
  invalidateAbout:
    'Never needed for what is shown to be right: changes do that by themselves. It is for doubts, as after SQL by hand.',
  cost: 'What it costs: the next readers wait for Postgres once. Nothing is lost, and no booking is touched.',
  invalidated: (count: number) =>
    count === 1 ? '1 cached value was dropped.' : `${count} cached values were dropped.`,
  targets: {
    barber: {
      title: 'A barber',
      about: 'All days and hours of one of them.',
      button: 'Drop a barber …',
      confirm: 'Drop the barber’s values',
    },
    range: {
      title: 'A range of dates',
      about: 'The days of all barbers in it, 90 at most.',
      button: 'Drop dates …',
      confirm: 'Drop these dates',
    },
    slots: {
      title: 'All availability',
      about: 'Every day of every barber.',
      button: 'Drop everything …',
      confirm: 'Drop all availability',
    },
    settings: {
      title: 'Business settings',
      about: 'Opening hours, closures, services, barbers.',
      button: 'Drop settings …',
      confirm: 'Drop the settings',
    },
  },
  barber: 'Barber',
};

/** Of warm-ups and invalidation. */
export const operateWords: Catalogue<typeof en> = {
  en,
  es: {
    warmAbout:
      'Carga lo que aún no está guardado, para que nadie tenga que esperar. Lo que ya está se deja como está; apenas se nota.',
    which: 'Qué días',
    ahead: 'Desde hoy',
    range: 'Un rango de fechas',
    daysAhead: 'Días por delante',
    daysAheadHint: 'De 1 a 30',
    from: 'Desde',
    to: 'Hasta',
    rangeHint: '90 días como mucho',
    everybody: 'Todos los barberos activos',
    barbers: 'Barberos',
    chooseBarber: 'Elige al menos un barbero.',
    start: 'Precargar',
    starting: 'Precargando …',
    running: (done, total) => `${done} de ${total} días de barberos`,
    progress: 'Progreso de la precarga',
    done: (cached, fresh, time) =>
      `Hecho en ${time}: se cargaron ${cached} días de barberos; ${fresh} ya estaban.`,
    errors: (count) => `${count} no se pudieron cargar. Empieza de nuevo: lo cargado no se carga otra vez.`,
    failed: 'La precarga falló.',
    again: 'Empezar de nuevo siempre es correcto.',
    preloadTitle: 'Ajustes, servicios y horarios',
    preloadAbout: 'Unos pocos valores que toda lectura necesita.',
    preload: 'Cargarlos ahora',
    preloaded: (cached, fresh, time) =>
      `Hecho en ${time}: se cargaron ${cached} valores; ${fresh} ya estaban.`,
    invalidateAbout:
      'Nunca hace falta para que lo mostrado sea correcto: los cambios ya lo hacen solos. Es para dudas, como después de SQL a mano.',
    cost: 'Lo que cuesta: los próximos lectores esperan una vez a Postgres. No se pierde nada y no se toca ninguna reserva.',
    invalidated: (count) =>
      count === 1 ? 'Se descartó 1 valor guardado.' : `Se descartaron ${count} valores guardados.`,
    targets: {
      barber: {
        title: 'Un barbero',
        about: 'Todos los días y horarios de uno de ellos.',
        button: 'Descartar un barbero …',
        confirm: 'Descartar los valores del barbero',
      },
      range: {
        title: 'Un rango de fechas',
        about: 'Los días de todos los barberos en él, 90 como mucho.',
        button: 'Descartar fechas …',
        confirm: 'Descartar estas fechas',
      },
      slots: {
        title: 'Toda la disponibilidad',
        about: 'Cada día de cada barbero.',
        button: 'Descartar todo …',
        confirm: 'Descartar toda la disponibilidad',
      },
      settings: {
        title: 'Ajustes del local',
        about: 'Horario de apertura, cierres, servicios, barberos.',
        button: 'Descartar ajustes …',
        confirm: 'Descartar los ajustes',
      },
    },
    barber: 'Barbero',
  },
};
