import { type Judgement, warning } from '../finding.ts';

/** Shorter names are too much like any other. */
const SHORTEST = 8;
const MOST_EDITS = 2;

/** Variables that look like a setting and are none: what was meant has its default. */
export function judgeNames(variables: readonly string[], settings: readonly string[]): Judgement[] {
  return variables.flatMap((name) => {
    if (settings.includes(name) || name.length < SHORTEST) return [];
    const meant = settings.find((setting) => editsBetween(name, setting) <= MOST_EDITS);
    if (meant === undefined) return [];
    return [warning(name, 'It is no setting, and is not looked at.', `Did you mean ${meant}?`)];
  });
}

/** Levenshtein's distance: letters put in, left out or exchanged. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
