import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median, quantile } from './rounds.js';

/**
 * @typedef {object} Line of the table
 * @property {string} what
 * @property {number[]} values by round
 * @property {string} unit with the space before it
 * @property {number} [limit] that is met from below; without one it is there to compare with
 * @property {number} [atLeast] a limit that is met from above
 * @property {number[]} [cpus] microseconds of CPU, by round; left out where the values are that
 */

const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const HEAD = ['', 'target', 'median', '8 of 10 rounds', 'CPU, median', ''];

/** @param {Line[]} lines as a table in Markdown */
export function table(lines) {
  const rows = [HEAD, HEAD.map(() => '---'), ...lines.map(cells)];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cells({ what, values, unit, limit, atLeast, cpus: used }) {
  const value = median(values);
  // What else runs on the machine lengthens the wall time, but hardly the CPU time.
  const judged = used === undefined ? value : median(used);
  return [
    what,
    target(limit, atLeast, unit),
    `${short(value)}${unit}`,
    `${short(quantile(values, 0.1))} – ${short(quantile(values, 0.9))}`,
    used === undefined ? '' : `${short(judged)} µs`,
    verdict(judged, limit, atLeast),
  ];
}

function target(limit, atLeast, unit) {
  if (limit !== undefined) return `≤ ${limit}${unit}`;
  return atLeast === undefined ? '' : `≥ ${atLeast}${unit}`;
}

function verdict(value, limit, atLeast) {
  if (limit === undefined && atLeast === undefined) return '';
  const missing = limit === undefined ? 1 - value / atLeast : value / limit - 1;
  return missing <= 0 ? 'met' : `missed by ${Math.ceil(missing * 100)} %`;
}

function short(number) {
  return number >= 1_000 ? Math.round(number).toLocaleString('en') : number.toPrecision(3);
}

/** What was measured on, and how busy it was with other things. */
export function machine(postgresVersion) {
  const [{ model }] = cpus();
  const load = loadavg().map((one) => one.toFixed(1));
  const date = new Date().toISOString().slice(0, 10);
  return (
    `${date}: ${cpus().length} cores (${model.trim()}), Node ${process.versions.node}, ` +
    `Postgres ${postgresVersion}, load average ${load.join(', ')} at the end.`
  );
}

/** Puts a group's figures between its marks in the document. */
export function write(group, figures) {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [begin, end] = [`<!-- figures: ${group} -->`, `<!-- end: ${group} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no marks for "${group}"`);
  writeFileSync(DOCUMENT, `${text.slice(0, from)}${begin}\n\n${figures}\n\n${text.slice(to)}`);
}

/**
 * Lines of the table made of what `measure` answered: how long a case takes, and its CPU against another's.
 *
 * @param {Map<string, { walls: number[], cpus: number[] }>} figures
 */
export function comparisonOf(figures) {
  return {
    line(what, name) {
      const { walls, cpus: used } = figures.get(name);
      return { what, values: walls, cpus: used, unit: ' µs' };
    },
    against(what, name, base, limit) {
      const { cpus: bases } = figures.get(base);
      return {
        what,
        values: figures.get(name).cpus.map((cpu, round) => cpu / bases[round]),
        unit: ' ×',
        limit,
      };
    },
  };
}
