import type { Catalogue } from '../language.ts';

const en = {
  about:
    'What readers ask for, by the hour, and what they will ask for. From it follows what is loaded ahead.',
  none: 'No full hour of reads has been counted yet.',
  noneThen:
    'The usual week appears after the first full hour, a forecast with it. After a day it knows the hours of a day, after a week those of a week.',
  week: 'The usual week',
  weekAbout: (hours: string) =>
    `Reads by hour at the shop, in the mean of ${hours} hours counted. The stronger the colour, the more.`,
  hour: 'Hour',
  cell: (day: string, hour: string, reads: string) => `${day}, ${hour}: ${reads} reads`,
  busiest: (day: string, hour: string, reads: string) => `Busiest: ${day} at ${hour}, with ${reads} reads.`,
  forecast: 'Forecast',
  ahead: 'How far ahead',
  aheads: { 24: '24 hours', 48: '48 hours' },
  actual: 'Counted',
  predicted: 'Predicted the day before',
  coming: 'To come',
  forecastSummary: (next: string, most: string, at: string) =>
    `About ${next} reads are expected in this time, most of them at ${at}: ${most} an hour.`,
  errorTitle: 'How good it is',
  error: (wape: string) => `In the last seven days the forecast was off by ${wape} of all reads.`,
  better: (naive: string) =>
    `To take last week’s numbers would have been off by ${naive}: the forecast is better.`,
  worse: (naive: string) =>
    `To take last week’s numbers would have been off by ${naive}: the forecast is no better yet.`,
  noNaive: 'There is no week before that to compare it with yet.',
  noError: 'It cannot be judged yet: that takes a day of reads.',
  daysAhead: 'Which days are asked for',
  days: {
    past: 'Days gone by',
    today: 'Today',
    tomorrow: 'Tomorrow',
    week: '2 to 6 days ahead',
    month: '7 to 30 days ahead',
    later: 'Later',
  },
  nextTitle: 'Next warm-up by itself',
  next: (at: string, days: string, barbers: string, loads: string, saved: string) =>
    `At ${at}: ${days} from today of ${barbers}, in ${loads}. About ${saved} need not wait for Postgres.`,
  dayCount: (n: number) => (n === 1 ? '1 day' : `${n} days`),
  barberCount: (n: number) => (n === 1 ? '1 barber' : `${n} barbers`),
  loadCount: (n: number) => (n === 1 ? '1 load' : `${n} loads`),
  readCount: (n: string) => `${n} reads`,
  noNext:
    'Nothing is worth loading ahead just now, as in quiet hours or where entries live long. That is no fault.',
};

/** Of demand and forecast. */
export const demandWords: Catalogue<typeof en> = {
  en,
  es: {
    about: 'Lo que se pide cada hora y lo que se pedirá. De ahí sale lo que se carga por adelantado.',
    none: 'Todavía no se ha contado ninguna hora completa de lecturas.',
    noneThen:
      'La semana habitual aparece tras la primera hora completa, y con ella la previsión. Tras un día conoce las horas del día; tras una semana, las de la semana.',
    week: 'La semana habitual',
    weekAbout: (hours) =>
      `Lecturas por hora en el local, de media en ${hours} horas contadas. Cuanto más intenso el color, más.`,
    hour: 'Hora',
    cell: (day, hour, reads) => `${day}, ${hour}: ${reads} lecturas`,
    busiest: (day, hour, reads) => `La hora de más demanda: ${day} a las ${hour}, con ${reads} lecturas.`,
    forecast: 'Previsión',
    ahead: 'Hasta cuándo',
    aheads: { 24: '24 horas', 48: '48 horas' },
    actual: 'Contado',
    predicted: 'Previsto el día antes',
    coming: 'Por venir',
    forecastSummary: (next, most, at) =>
      `Se esperan unas ${next} lecturas en este tiempo; el máximo, ${at}: ${most} por hora.`,
    errorTitle: 'Qué tan buena es',
    error: (wape) => `En los últimos siete días la previsión se desvió un ${wape} de todas las lecturas.`,
    better: (naive) =>
      `Tomar los números de la semana anterior se habría desviado un ${naive}: la previsión es mejor.`,
    worse: (naive) =>
      `Tomar los números de la semana anterior se habría desviado un ${naive}: la previsión aún no es mejor.`,
    noNaive: 'Todavía no hay una semana anterior con la que compararla.',
    noError: 'Aún no se puede juzgar: hace falta un día de lecturas.',
    daysAhead: 'Qué días se piden',
    days: {
      past: 'Días pasados',
      today: 'Hoy',
      tomorrow: 'Mañana',
      week: 'De 2 a 6 días después',
      month: 'De 7 a 30 días después',
      later: 'Más tarde',
    },
    nextTitle: 'Próxima precarga automática',
    next: (at, days, barbers, loads, saved) =>
      `A las ${at}: ${days} desde hoy de ${barbers}, en ${loads}. Unas ${saved} no tendrán que esperar a Postgres.`,
    dayCount: (n) => (n === 1 ? '1 día' : `${n} días`),
    barberCount: (n) => (n === 1 ? '1 barbero' : `${n} barberos`),
    loadCount: (n) => (n === 1 ? '1 carga' : `${n} cargas`),
    readCount: (n) => `${n} lecturas`,
    noNext:
      'Ahora no merece la pena cargar nada por adelantado, como en horas tranquilas o si los valores duran mucho. No es un fallo.',
  },
};
