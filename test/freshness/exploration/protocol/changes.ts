import type { Step } from '../explore.ts';
import type { Rules } from './rules.ts';
import { committed, PLACES, type Place, type State, type Writer, withInstance } from './state.ts';

/** What happens without any reader: writes, what an instance hears of them, and what it forgets. */
export function createChanges({ learned }: Rules) {
  function hearing(state: State, at: Place, version: number): State {
    return withInstance(state, at, { known: learned(state.instances[at].known, version) });
  }

  function* write(state: State, at: Place): Generator<Step<State>> {
    const who = `the writer on instance ${at + 1}`;
    const version = at + 1;
    if (state.writers[at] === 'idle' && committed(state) === at) {
      yield { name: `${who} commits version ${version}`, state: withWriter(state, at, 'committed') };
    }
    if (state.writers[at] !== 'committed') return;
    // Its instance knows before the answer leaves, in the same turn.
    const told = withWriter(hearing(state, at, version), at, 'acknowledged');
    yield { name: `${who} is told, and acknowledges version ${version}`, state: told };
  }

  /** The feed tells of what was committed some time after. A poll skips what was in between. */
  function* hear(state: State, at: Place): Generator<Step<State>> {
    for (let version = state.instances[at].known + 1; version <= committed(state); version++) {
      yield { name: `instance ${at + 1} hears of version ${version}`, state: hearing(state, at, version) };
    }
  }

  /** Whatever lies in memory may be pushed out by something else. */
  function* forget(state: State, at: Place): Generator<Step<State>> {
    if (state.instances[at].cached === undefined) return;
    const name = `instance ${at + 1} forgets what it had cached`;
    yield { name, state: withInstance(state, at, { cached: undefined }) };
  }

  return function* changes(state: State): Generator<Step<State>> {
    for (const at of PLACES) {
      yield* write(state, at);
      yield* hear(state, at);
      yield* forget(state, at);
    }
  };
}

function withWriter(state: State, at: Place, writer: Writer): State {
  const [first, second] = state.writers;
  return { ...state, writers: at === 0 ? [writer, second] : [first, writer] };
}
