/** Where nothing is known. */
export const NOTHING = '–';

type Maybe = number | null | undefined;

/** 1,234 */
export function count(value: Maybe): string {
  return isKnown(value) ? Math.round(value).toLocaleString('en-US') : NOTHING;
}

/** 98.2 %, of a value that is per cent already. */
export function percent(value: Maybe): string {
  return isKnown(value) ? `${value.toFixed(value === 100 ? 0 : 1)} %` : NOTHING;
}

/** 0.012 ms, 3.4 ms, 120 ms, 2.5 s */
export function milliseconds(value: Maybe): string {
  if (!isKnown(value)) return NOTHING;
  if (value >= 10_000) return seconds(value / 1_000);
  return value >= 1_000 ? `${(value / 1_000).toFixed(1)} s` : `${significant(value)} ms`;
}

/** 45 s, 5 min, 1 h 30 min, 1 d 2 h: two units at most. */
export function seconds(value: Maybe): string {
  if (!isKnown(value)) return NOTHING;
  const whole = Math.round(value);
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const first = units.findIndex(([size]) => whole >= size);
  if (first < 0) return '0 s';
  let rest = whole;
  const parts = units.slice(first, first + 2).map(([size, unit]) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount === 0 ? '' : `${amount} ${unit}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

/** 512 B, 1.5 kB, 12 MB */
export function bytes(value: Maybe): string {
  if (!isKnown(value)) return NOTHING;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(amount) : significant(amount)} ${units[unit]}`;
}

/** A value with the unit that the server gave it. */
export function measured(value: Maybe, unit: string): string {
  if (!isKnown(value)) return NOTHING;
  if (unit === '%' || unit === 'percent') return percent(value);
  if (unit === 'ms') return milliseconds(value);
  const text = Number.isInteger(value) ? count(value) : significant(value);
  return unit === '' ? text : `${text} ${unit}`;
}

/** 2026-11-25 13:40 at this machine. */
export function localTime(instant: string): string {
  const at = new Date(instant);
  return `${dayOf(at)} ${hourOf(at)}`;
}

export function localHour(instant: string): string {
  return hourOf(new Date(instant));
}

function dayOf(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => two(part)).join('-');
}

function hourOf(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

/** Two digits that mean something; more before the point. */
function significant(value: number): string {
  if (value === 0) return '0';
  // 0.999 is 1.0, not 1.00.
  const size = Number(Math.abs(value).toPrecision(2));
  if (size >= 10) return size >= 1_000 ? count(value) : value.toFixed(0);
  return size >= 1 ? value.toFixed(1) : value.toFixed(Math.min(3, 1 - Math.floor(Math.log10(size))));
}

function isKnown(value: Maybe): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
