import { bar } from '../terminal/charts.ts';
import { count, percent } from '../terminal/numbers.ts';
import type { Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { MissesByCause } from './answers.ts';

const CAUSES: Readonly<Record<keyof MissesByCause, string>> = {
  cold: 'never read before',
  expired: 'kept for its lifetime',
  too_old: 'changed since',
  evicted: 'pushed out for room',
  undecodable: 'not to be made sense of',
  not_following: 'changes not followed',
  away: 'Redis away',
};
const BAR_WIDTH = 20;

/** A bar for each cause that there was, the most frequent first. */
export function renderMisses(misses: MissesByCause, screen: Screen): string {
  const causes = Object.keys(CAUSES) as (keyof MissesByCause)[];
  const all = causes.reduce((sum, cause) => sum + misses[cause], 0);
  const found = causes.filter((cause) => misses[cause] > 0).sort((a, b) => misses[b] - misses[a]);
  return renderTable(
    screen,
    [
      { title: '' },
      { title: '', align: 'right' },
      { title: '', align: 'right' },
      { title: '' },
      { title: '' },
    ],
    found.map((cause) => [
      cause.replaceAll('_', ' '),
      count(misses[cause]),
      percent((100 * misses[cause]) / all),
      { text: bar(misses[cause] / all, BAR_WIDTH), style: 'cyan' },
      { text: CAUSES[cause], style: 'dim' },
    ]),
  );
}
