import type { VersionChange } from '../../availability/versions.ts';

/** What a client wants to hear of: a date or all, of a barber or of all at the shop. */
export interface Topic {
  readonly shopId: number;
  readonly barberId: number | undefined;
  readonly date: string | undefined;
}

/** What changed, as versions say it: barber 0 is all of the shop, day '' all of the barber's. */
export type Changed = Omit<VersionChange, 'version'>;

/** What a client is told; null is all. */
export interface ChangeEvent {
  readonly date: string | null;
  readonly barberId: number | null;
}

/** More events at once are told as one: a client asks again for everything after either. */
const MAX_EVENTS = 32;

/** Whether the change is one of this topic, which depends on these dates; undefined is on any. */
export function concerns(
  { shopId, barberId }: Topic,
  dates: readonly string[] | undefined,
  changed: Changed,
): boolean {
  if (changed.shopId !== shopId) return false;
  if (changed.barberId !== 0 && barberId !== undefined && changed.barberId !== barberId) return false;
  return changed.day === '' || dates === undefined || dates.includes(changed.day);
}

/** What to tell of changes that concern the topic: in its own words where it has them, each thing once. */
export function eventsOf(topic: Topic, changes: readonly Changed[]): readonly ChangeEvent[] {
  const events = new Map<string, ChangeEvent>();
  for (const changed of changes) {
    const date = topic.date ?? (changed.day || null);
    const barberId = topic.barberId ?? (changed.barberId || null);
    events.set(`${date}/${barberId}`, { date, barberId });
  }
  return events.size > MAX_EVENTS ? [anyChange(topic)] : [...events.values()];
}

/** Anything that the topic is about may have changed. */
export function anyChange({ date, barberId }: Topic): ChangeEvent {
  return { date: date ?? null, barberId: barberId ?? null };
}
