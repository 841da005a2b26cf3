import { ifBack } from './promises.ts';
import { loadedAt, type Rules } from './rules.ts';
import { type Place, type State, withInstance } from './state.ts';

/** A version is put into the process, if it is newer than what is there. */
export function cache({ isNewer }: Rules, state: State, at: Place, version: number) {
  const { cached } = state.instances[at];
  if (cached !== undefined && !isNewer(loadedAt(version), loadedAt(cached)))
    return { state, note: '', broken: undefined };
  return {
    state: withInstance(state, at, { cached: version }),
    note: ' and caches it',
    broken: ifBack(version, cached),
  };
}
