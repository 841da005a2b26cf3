/** What is broken by an answer that is older than its reader may get. */
export function ifBelow(version: number, floor: number): string | undefined {
  return version < floor
    ? `stale: version ${version} was answered, where ${floor} had to be known`
    : undefined;
}

/** What is broken by putting a version into a process in the place of a newer one. */
export function ifBack(version: number, cached: number | undefined): string | undefined {
  return cached !== undefined && version < cached
    ? `back: a fill replaced version ${cached} by ${version}`
    : undefined;
}
