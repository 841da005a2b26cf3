// `npm run bench:forecast`: what warming ahead of a forecast is worth, against none and against every night, over months
// that are made up, in virtual time; `-- --write` puts the figures into docs/benchmarks.md.
import { parseArgs } from 'node:util';
import { write } from '../measuring/report.js';
import { MEASURED_DAYS } from './months.js';
import { forecast, nightly, none } from './policies.js';
import { simulate } from './simulation.js';

const POLICIES = [
  ['no warm-up', none],
  ['every night, 7 days', nightly(7)],
  ['every night, 30 days', nightly(30)],
  ['forecast', forecast],
];
/** Visits a day and seconds that a barber-day lives. */
const CASES = [
  [60, 300],
  [250, 300],
  [1_000, 300],
  [250, 3_600],
  [250, 86_400],
];
const SEEDS = [1, 2, 3];

const { values: options } = parseArgs({ options: { write: { type: 'boolean' } } });
console.log('Simulating for about five minutes …\n');
const accuracies = [];
const rows = [];
for (const [visitsPerDay, lifetime] of CASES) {
  const given = accuracies.length === 0 && visitsPerDay === 250 ? accuracies : undefined;
  const all = [];
  for (const [name, policy] of POLICIES) {
    const runs = [];
    for (const seed of SEEDS)
      runs.push(await simulate(policy, { seed, visitsPerDay, lifetime, accuracies: given }));
    const mean = (figure) => runs.reduce((sum, run) => sum + run[figure], 0) / SEEDS.length / MEASURED_DAYS;
    all.push({
      name,
      reads: mean('reads'),
      cold: mean('cold'),
      calls: mean('calls'),
      values: mean('values'),
      warming: mean('warming'),
    });
  }
  rows.push(...all.map((of) => rowOf(visitsPerDay, lifetime, of, all)));
}

const HEAD = [
  'visits a day',
  'lifetime',
  'warm-up',
  'reads',
  'had to wait',
  'loads',
  'of them ahead',
  'barber-days loaded',
  '',
];
const table = [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const figures = `${table}\n\nAll by the day. ${accuracy()}`;
console.log(figures);
if (options.write) write('forecast', figures);

function rowOf(visitsPerDay, lifetime, { name, reads, cold, calls, warming, values }, all) {
  return [
    visitsPerDay,
    `${lifetime} s`,
    name,
    ...[reads, cold, calls, warming, values].map(whole),
    verdict(name, all),
  ];
}

/** The forecast has to have fewer waits than every kind of night, at no more loads than any. */
function verdict(name, all) {
  if (name !== 'forecast') return '';
  const nights = all.filter(({ name: other }) => other.startsWith('every night'));
  const [cold, calls] = ['cold', 'calls'].map((figure) => Math.min(...nights.map((night) => night[figure])));
  const own = all.find(({ name: other }) => other === name);
  const isMet = own.cold < cold && own.calls <= calls;
  return `${isMet ? 'met' : 'missed'}: waits ${change(own.cold, cold)}, loads ${change(own.calls, calls)}`;
}

function change(own, other) {
  const percent = 100 * (own / other - 1);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

function accuracy() {
  const mean = (figure) => accuracies.reduce((sum, of) => sum + of[figure], 0) / accuracies.length;
  return (
    `At 250 visits a day the forecast of an hour, made the day before, is off by ${mean('wape').toFixed(1)} % of its ` +
    `reads; “as a week before” by ${mean('naiveWape').toFixed(1)} %.`
  );
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}
