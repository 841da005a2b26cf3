import type { Step } from '../explore.ts';
import { cache } from './caching.ts';
import { join, waitersFor, withAhead } from './joining.ts';
import { ifBelow } from './promises.ts';
import { ageOf, loadedAt, type Rules, standpointOf } from './rules.ts';
import { type Asking, committed, IDLE, type Phase, type Reader, type State, withReader } from './state.ts';

type Loading = Extract<Reader, { kind: 'loading' }>;

/** Loads go on, past Redis or by way of it, and whoever waits for them hears what came of it. */
export function createLoading(rules: Rules) {
  /**
   * Redis answers with any version that was ever committed, or none, or not at all; and it grants or refuses the claim
   * as it likes, for claims get lost, and lie about after their holders died.
   */
  function* ask(
    state: State,
    number: number,
    loading: Loading,
    isFollowing: boolean,
  ): Generator<Step<State>> {
    const { asking, load } = loading;
    const from = standpointOf(state.instances[asking.at], isFollowing);
    for (let version = 0; version <= committed(state); version++) {
      if (!rules.isAcceptable(loadedAt(version), from)) continue;
      yield put(state, number, loading, version, `reader ${number + 1} finds version ${version} in Redis`);
    }
    const loads = inPhase(state, number, loading, { at: 'looking' });
    yield {
      name: `reader ${number + 1} finds nothing in Redis that it may use, and is free to load`,
      state: loads,
    };
    if (rules.keepsLooking(0, ageOf(load), isFollowing)) return;
    yield {
      name: `reader ${number + 1} finds the load claimed by another, and loads all the same`,
      state: loads,
    };
  }

  function look(state: State, number: number, loading: Loading): Step<State> {
    const version = committed(state);
    const name = `reader ${number + 1} reads version ${version} in Postgres`;
    return { name, state: inPhase(state, number, loading, { at: 'looked', version }) };
  }

  function put(state: State, number: number, loading: Loading, version: number, name: string): Step<State> {
    const cached = cache(rules, state, loading.asking.at, version);
    const { broken, note } = cached;
    return {
      name: `${name}${note}`,
      state: inPhase(cached.state, number, loading, { at: 'stored', version }),
      broken,
    };
  }

  /** All who wait for the load go on in one turn. */
  function deliver(
    before: State,
    number: number,
    { asking, load }: Loading,
    version: number,
    isFollowing: boolean,
  ): Step<State> {
    const { at } = asking;
    let name = '';
    let broken: string | undefined;
    let state = withReader(before, number, IDLE);
    if (load.way === 'load' && !load.isOld) state = withAhead(state, at, false);

    function hand(to: number, { direct, round, floor }: Asking, isFresh: boolean, again: Asking): void {
      const who = `${name}${name && ', '}reader ${to + 1}`;
      const from = standpointOf(state.instances[at], isFollowing);
      if (rules.mayUse(loadedAt(version), { isFresh, direct, round }, from)) {
        name = `${who} gets version ${version}`;
        broken ??= ifBelow(version, floor);
        state = withReader(state, to, IDLE);
      } else {
        ({ name, state } = join(
          rules,
          state,
          to,
          { ...again, round: 2 },
          `${who} may not use version ${version}`,
        ));
      }
    }

    hand(number, asking, true, asking);
    for (const [to, asks] of load.isOld ? [] : waitersFor(before, at, load.way)) {
      hand(to, asks, load.way === 'load' && asks.isAhead, askingOf(state, to));
    }
    return { name, state, broken };
  }

  /** Whoever joined a load gives it up after a second. */
  function growOld(before: State, number: number, loading: Loading): Step<State> {
    const { asking, load } = loading;
    let name = `the load of reader ${number + 1} has taken a second`;
    let state = withReader(before, number, { ...loading, load: { ...load, isOld: true } });
    if (load.way === 'load') state = withAhead(state, asking.at, false);
    for (const [to] of waitersFor(before, asking.at, load.way)) {
      const again = { ...askingOf(state, to), round: 2 };
      ({ name, state } = join(rules, state, to, again, `${name}, reader ${to + 1} gives it up`));
    }
    return { name, state };
  }

  return function* loads(state: State): Generator<Step<State>> {
    for (const [number, reader] of state.readers.entries()) {
      if (reader.kind !== 'loading') continue;
      const { phase, isOld } = reader.load;
      if (!isOld) yield growOld(state, number, reader);
      if (phase.at === 'looking') yield look(state, number, reader);
      if (phase.at === 'looked') {
        const name = `reader ${number + 1} has its answer`;
        yield put(state, number, reader, phase.version, name);
      }
      for (const isFollowing of [true, false]) {
        if (phase.at === 'asking') yield* ask(state, number, reader, isFollowing);
        if (phase.at === 'stored') yield deliver(state, number, reader, phase.version, isFollowing);
      }
    }
  };
}

function inPhase(state: State, number: number, loading: Loading, phase: Phase): State {
  return withReader(state, number, { ...loading, load: { ...loading.load, phase } });
}

function askingOf({ readers }: State, number: number): Asking {
  const reader = readers[number];
  if (reader === undefined || reader.kind === 'idle') throw new RangeError('Nobody asks');
  return reader.asking;
}
