import { type Command, Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { show } from '../server/show.ts';
import { bar, rangeOf, sparkline } from '../terminal/charts.ts';
import { count, localHour, localTime, percent, seconds } from '../terminal/numbers.ts';
import { paragraph, type Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { ForecastAnswer } from './answers.ts';
import { renderWeek } from './week.ts';

export function forecastCommand(): Command {
  return serverCommand('forecast', 'what will be read in the next hours, and when the week is busiest')
    .addOption(
      new Option('--hours <count>', 'how far to look ahead').default(24).argParser(wholeNumber(1, 48)),
    )
    .action(({ hours, ...options }: ServerOptions & { readonly hours: number }) =>
      show<ForecastAnswer>(options, '/api/v2/cache/forecast', renderForecast, { query: { hours } }),
    );
}

const LABEL_WIDTH = 20;
const DAYS_SHOWN = 7;
const BAR_WIDTH = 30;

export function renderForecast(answer: ForecastAnswer, screen: Screen): string {
  const title = (text: string) => ['', screen.paint('bold', text)];
  return [
    ...basisOf(answer).map((sentence) => paragraph(sentence, screen)),
    ...(answer.recent.length === 0 ? [] : [...title('The last two days'), recentDays(answer, screen)]),
    ...title(`The next ${answer.hours.length} hours`),
    nextHours(answer, screen),
    ...title('The week at the shop, reads of an hour'),
    renderWeek(answer.peak_hours, screen),
    ...(answer.days_ahead.length === 0 ? [] : [...title('Days asked for'), daysAhead(answer, screen)]),
    '',
    paragraph(nextWarmUp(answer), screen),
  ].join('\n');
}

function basisOf({ method, history_hours, error }: ForecastAnswer): string[] {
  if (history_hours === 0) return ['Nothing was counted yet: reads are written down every hour.'];
  const off =
    error.wape === null
      ? 'How far off it is shows after a week.'
      : `An hour is off by ${count(error.mean_absolute)} reads, ${percent(error.wape)} of all ("as a week before": ${percent(error.naive_wape)}).`;
  return [`Forecast by ${method}, from ${seconds(3600 * history_hours)} of reads.`, off];
}

/** The same scale for both, so that one can be laid over the other. */
function recentDays({ recent }: ForecastAnswer, screen: Screen): string {
  const read = recent.map(({ actual }) => actual);
  const predicted = recent.map(({ predicted: expected }) => expected);
  const { highest } = rangeOf([...read, ...predicted]) ?? { highest: 0 };
  const width = screen.columns - LABEL_WIDTH;
  const line = (series: readonly number[]) => sparkline(series, { lowest: 0, highest }, width);
  return renderTable(
    screen,
    [{ title: '' }, { title: '' }, { title: '' }],
    [
      ['read', { text: line(read), style: 'cyan' }, ''],
      ['predicted', { text: line(predicted), style: 'dim' }, `most ${count(highest)}`],
    ],
  );
}

function nextHours({ hours }: ForecastAnswer, screen: Screen): string {
  const series = hours.map(({ predicted }) => predicted);
  const { highest } = rangeOf(series) ?? { highest: 0 };
  const peak = hours.find(({ predicted }) => predicted === highest);
  const chart = sparkline(series, { lowest: 0, highest }, screen.columns - LABEL_WIDTH);
  const [first, last] = [hours[0], hours.at(-1)];
  if (peak === undefined || first === undefined || last === undefined) return 'None was predicted.';
  return [
    screen.paint('cyan', chart),
    `${localTime(first.at)} to ${localTime(last.at)}; most at ${localHour(peak.at)}: ${count(highest)} reads.`,
  ].join('\n');
}

function daysAhead({ days_ahead }: ForecastAnswer, screen: Screen): string {
  const shown = days_ahead.slice(0, DAYS_SHOWN);
  const rest = days_ahead.slice(DAYS_SHOWN).reduce((sum, { share }) => sum + share, 0);
  const lines = shown.map(({ days_ahead: days, share }) => ({ name: dayName(days), share }));
  const most = Math.max(rest, ...lines.map(({ share }) => share));
  return renderTable(
    screen,
    [{ title: '' }, { title: '', align: 'right' }, { title: '' }],
    [...lines, ...(rest > 0 ? [{ name: 'later', share: rest }] : [])].map(({ name, share }) => [
      name,
      percent(100 * share),
      { text: bar(most === 0 ? 0 : share / most, BAR_WIDTH), style: 'cyan' },
    ]),
  );
}

function dayName(days: number): string {
  return ['today', 'tomorrow'][days] ?? `in ${days} days`;
}

function nextWarmUp({ next_warm_up: next }: ForecastAnswer): string {
  if (next === null) return 'No warm-up is worth its loads now.';
  const { at, days, barbers, loads, saved_reads } = next;
  return `Next warm-up at ${localTime(at)}: ${count(days)} days of ${count(barbers)} barbers in ${count(loads)} loads, for ${count(saved_reads)} reads that need not wait.`;
}
