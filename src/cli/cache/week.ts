import { shade } from '../terminal/charts.ts';
import { count } from '../terminal/numbers.ts';
import type { Screen, Style } from '../terminal/screen.ts';
import type { ForecastAnswer } from './answers.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const FIELD = 3;

/** A heat map: a line for each day, a field for each hour, darker the more is read. 76 columns. */
export function renderWeek(hours: ForecastAnswer['peak_hours'], screen: Screen): string {
  const reads = new Map(hours.map((field) => [`${field.weekday} ${field.hour}`, field.reads]));
  const most = hours.reduce((highest, field) => Math.max(highest, field.reads), 0);
  if (most === 0) return 'Nothing was read yet.';
  const busiest = hours.find((field) => field.reads === most);
  const lines = WEEKDAYS.map((name, day) => {
    const fields = HOURS.map((hour) => (reads.get(`${day + 1} ${hour}`) ?? 0) / most);
    return `${name} ${fields.map((share) => screen.paint(heat(share), shade(share, FIELD))).join('')}`;
  });
  const scale = HOURS.map((hour) => (hour % 3 === 0 ? String(hour).padEnd(FIELD) : ' '.repeat(FIELD)));
  return [
    `    ${screen.paint('dim', scale.join('').trimEnd())}`,
    ...lines.map((line) => line.trimEnd()),
    `Busiest: ${WEEKDAYS[(busiest?.weekday ?? 1) - 1]} ${busiest?.hour}:00, ${count(most)} reads. Each shade is a quarter of that.`,
  ].join('\n');
}

function heat(share: number): Style {
  if (share > 0.75) return 'red';
  if (share > 0.5) return 'yellow';
  return share > 0.25 ? 'green' : 'cyan';
}
