import type { VersionChange } from '../versions.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * The changes that a notification of `bump_availability` carries, as `[[shop, barber, day, version], …]` with
 * the day '-infinity' for none; 'poll' where there were too many of them; undefined for anything else.
 */
export function parseNotification(
  payload: string | undefined,
): readonly VersionChange[] | 'poll' | undefined {
  if (payload === 'poll') return 'poll';
  const rows = parseJson(payload ?? '');
  if (!Array.isArray(rows)) return undefined;
  const changes: VersionChange[] = [];
  for (const row of rows) {
    const change = parseChange(row);
    if (change === undefined) return undefined;
    changes.push(change);
  }
  return changes;
}

function parseChange(row: unknown): VersionChange | undefined {
  if (!Array.isArray(row) || row.length !== 4) return undefined;
  const [shopId, barberId, day, version]: unknown[] = row;
  if (!isCount(shopId) || !isCount(barberId) || !isCount(version) || typeof day !== 'string')
    return undefined;
  if (day !== '-infinity' && !DAY.test(day)) return undefined;
  return { shopId, barberId, day: day === '-infinity' ? '' : day, version };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
