import type { AvailabilitySource } from '../../availability/source.ts';
import type { VersionChange } from '../../availability/versions.ts';

/** The port through which the streams hear of changes; a cached source is one. */
export interface Changes extends AvailabilitySource {
  /** Calls the listener after versions were applied here, so that whoever reads now reads them. Returns how to stop. */
  onChange(listener: (changes: readonly VersionChange[]) => void): () => void;
  /** Calls the listener when the changes of others are seen again after they were not. Returns how to stop. */
  onCaughtUp(listener: () => void): () => void;
  /** Epoch ms of the clock by which holds lapse. */
  now(): number;
}
