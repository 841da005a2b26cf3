import { type Screen, type Style, wrapped } from './screen.ts';

export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly align?: 'left' | 'right';
}

export type Cell = string | { readonly text: string; readonly style: Style };

const GAP = 2;
const NARROWEST_LAST = 16;

/**
 * Columns as wide as what is in them; the last one is broken into lines where it does not fit. Without titles there is
 * no line for them.
 */
export function renderTable(
  screen: Screen,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): string {
  const titles = columns.map(({ title }) => ({ text: title, style: 'dim' }) as const);
  const hasTitles = columns.some(({ title }) => title !== '');
  const all = hasTitles ? [titles, ...rows] : rows;
  const widths = columns.map((_, i) => Math.max(...all.map((row) => textOf(row[i]).length)));
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + GAP, 0);
  widths[last] = Math.min(widths[last] ?? 0, Math.max(NARROWEST_LAST, screen.columns - before));
  return all.map((row) => renderRow(screen, columns, widths, row)).join('\n');
}

function renderRow(
  screen: Screen,
  columns: readonly Column[],
  widths: readonly number[],
  row: readonly Cell[],
): string {
  const last = columns.length - 1;
  const [first = '', ...more] = wrapped(textOf(row[last]), widths[last] ?? 0);
  const cells = columns.map(({ align }, i) => {
    const text = i === last ? first : textOf(row[i]);
    const width = widths[i] ?? 0;
    // Nothing follows the last column, so nothing is filled up.
    const filled = align === 'right' ? text.padStart(width) : i === last ? text : text.padEnd(width);
    return painted(screen, row[i], filled);
  });
  const indent = ' '.repeat(widths.slice(0, last).reduce((sum, width) => sum + width + GAP, 0));
  const further = more.map((line) => `${indent}${painted(screen, row[last], line)}`);
  return [cells.join(' '.repeat(GAP)).trimEnd(), ...further].join('\n');
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}

function painted(screen: Screen, cell: Cell | undefined, text: string): string {
  return typeof cell === 'object' ? screen.paint(cell.style, text) : text;
}
