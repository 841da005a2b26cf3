import type { AvailabilitySource } from '../../src/availability/source.ts';
import type { VersionChange } from '../../src/availability/versions.ts';
import type { Clock } from '../../src/clock.ts';
import type { Changes } from '../../src/http/stream/changes.ts';

/** What a process changes itself, where there is no feed. */
export interface OwnChanges extends Changes {
  tell(changes: readonly VersionChange[]): void;
}

export function createOwnChanges(source: Pick<AvailabilitySource, 'load'>, clock: Clock): OwnChanges {
  const listeners = new Set<(changes: readonly VersionChange[]) => void>();
  return {
    load: source.load,
    now: clock.now,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCaughtUp: () => () => {},
    tell(changes) {
      for (const listener of listeners) listener(changes);
    },
  };
}
