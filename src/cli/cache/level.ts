import type { Style } from '../terminal/screen.ts';
import type { Cell } from '../terminal/table.ts';
import type { Level } from './answers.ts';

export const LEVEL_STYLES: Readonly<Record<Level, Style>> = {
  healthy: 'green',
  warning: 'yellow',
  critical: 'red',
  unknown: 'dim',
};

/** Not by colour alone: a log has none, and not everybody sees it. */
const SIGNS: Readonly<Record<Level, string>> = { healthy: '✓', warning: '!', critical: '✗', unknown: '?' };

export function levelCell(level: Level): Cell {
  return { text: `${SIGNS[level]} ${level}`, style: LEVEL_STYLES[level] };
}
