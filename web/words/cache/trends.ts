import type { Catalogue } from '../language.ts';

const enOfCharts = {
  time: 'Time',
  none: '–',
  asTable: 'Show as table',
  nothing: 'Nothing was measured in this time.',
};

/** Of any chart. */
export const chartWords: Catalogue<typeof enOfCharts> = {
  en: enOfCharts,
  es: {
    time: 'Hora',
    none: '–',
    asTable: 'Ver como tabla',
    nothing: 'En este tiempo no se midió nada.',
  },
};

const en = {
  about: (count: string) =>
    `From ${count} checks of all servers, one a minute and server. Where a line stops, nobody looked.`,
  period: 'Period',
  periods: { 1: '1 hour', 6: '6 hours', 24: '24 hours', 72: '3 days', 168: '7 days' },
  nothing: 'Nothing was measured in this time.',
  hitRate: 'Hit rate',
  hitRateSummary: (mean: string, lowest: string, at: string) =>
    `Hit rate ${mean} in the mean, lowest ${lowest} at ${at}.`,
  latency: 'How long reads take',
  latencyLines: { hit50: 'Hit, half', hit99: 'Hit, 99 %', miss50: 'Miss, half', miss99: 'Miss, 99 %' },
  latencySummary: {
    hits: (longest: string) => `Half of the hits took at most ${longest} at the end.`,
    misses: (longest: string) => `Half of the misses took at most ${longest}.`,
    slowest: (longest: string, at: string) => `The p99 was highest at ${at}: ${longest}.`,
  },
  misses: 'Misses by cause',
  missesSummary: (count: string, cause: string, share: string) =>
    `${count} values were missed; most of them were ${cause} (${share}).`,
  noMisses: 'Nothing was missed.',
  causes: {
    cold: 'never read before',
    expired: 'past their lifetime',
    too_old: 'changed since',
    evicted: 'dropped for room',
    undecodable: 'unreadable',
    not_following: 'read without the feed',
    away: 'not given by Redis',
  },
  memory: 'Memory',
  memorySummary: (now: string, most: string, at: string) => `${now} at the end, ${most} at most, at ${at}.`,
  lag: 'Delay of changes',
  lagLine: '99 of 100 changes',
  lagSummary: (most: string, at: string) =>
    `99 of 100 changes of other servers were known within ${most} at the worst, at ${at}.`,
  noLag: 'No other server changed anything, so nothing had to be waited for.',
  checks: 'State',
  checksSummary: (healthy: string, all: string, rest: string) =>
    `${healthy} of ${all} checks were healthy${rest}.`,
  checksRest: {
    warning: (count: string) => `${count} warned`,
    critical: (count: string) => `${count} critical`,
    unknown: (count: string) => `${count} unknown`,
  },
  uptime: (percent: string) => ` The cache could be used ${percent} of the time.`,
};

/** Of the trends. */
export const trendWords: Catalogue<typeof en> = {
  en,
  es: {
    about: (count) =>
      `De ${count} comprobaciones de todos los servidores, una por minuto y servidor. Donde la línea se corta, nadie miró.`,
    period: 'Periodo',
    periods: { 1: '1 hora', 6: '6 horas', 24: '24 horas', 72: '3 días', 168: '7 días' },
    nothing: 'En este tiempo no se midió nada.',
    hitRate: 'Aciertos',
    hitRateSummary: (mean, lowest, at) => `${mean} de aciertos de media; lo más bajo, ${lowest} (${at}).`,
    latency: 'Cuánto tarda una lectura',
    latencyLines: {
      hit50: 'Acierto, la mitad',
      hit99: 'Acierto, 99 %',
      miss50: 'Fallo, la mitad',
      miss99: 'Fallo, 99 %',
    },
    latencySummary: {
      hits: (longest) => `Al final, la mitad de los aciertos tardó ${longest} como mucho.`,
      misses: (longest) => `La mitad de los fallos tardó ${longest} como mucho.`,
      slowest: (longest, at) => `El p99 más alto: ${longest} (${at}).`,
    },
    misses: 'Fallos por causa',
    missesSummary: (count, cause, share) => `Faltaron ${count} valores; la mayoría, ${cause} (${share}).`,
    noMisses: 'No faltó nada.',
    causes: {
      cold: 'nunca leídos antes',
      expired: 'caducados',
      too_old: 'cambiados desde entonces',
      evicted: 'retirados para hacer sitio',
      undecodable: 'ilegibles',
      not_following: 'leídos sin aviso de cambios',
      away: 'que Redis no dio',
    },
    memory: 'Memoria',
    memorySummary: (now, most, at) => `${now} al final; lo más, ${most} (${at}).`,
    lag: 'Retraso de los cambios',
    lagLine: '99 de 100 cambios',
    lagSummary: (most, at) =>
      `En el peor momento, 99 de 100 cambios de otros servidores se conocieron en ${most} (${at}).`,
    noLag: 'Ningún otro servidor cambió nada, así que no hubo que esperar.',
    checks: 'Estado',
    checksSummary: (healthy, all, rest) => `${healthy} de ${all} comprobaciones fueron buenas${rest}.`,
    checksRest: {
      warning: (count) => `${count} con aviso`,
      critical: (count) => `${count} críticas`,
      unknown: (count) => `${count} sin datos`,
    },
    uptime: (percent) => ` La caché se pudo usar el ${percent} del tiempo.`,
  },
};
