import type { Step } from '../explore.ts';
import { cache } from './caching.ts';
import { join } from './joining.ts';
import { ifBelow } from './promises.ts';
import { loadedAt, type Rules, standpointOf } from './rules.ts';
import {
  acknowledged,
  committed,
  IDLE,
  PLACES,
  type Place,
  type Reader,
  type State,
  withInstance,
  withReader,
} from './state.ts';

type Comparing = Extract<Reader, { kind: 'comparing' }>;
type Seeking = Extract<Reader, { kind: 'seeking' }>;

/** Reads begin. What can be answered without waiting is, in the same turn. */
export function createAsking(rules: Rules) {
  function plainly(state: State, number: number, at: Place, isFollowing: boolean): Step<State> {
    const instance = state.instances[at];
    const { known, cached } = instance;
    const name = `reader ${number + 1} asks instance ${at + 1}${isFollowing ? '' : ', which does not follow'}`;
    const floor = isFollowing ? Math.max(known, acknowledged(state, at)) : committed(state);
    if (cached !== undefined && rules.isAcceptable(loadedAt(cached), standpointOf(instance, isFollowing))) {
      return {
        name: `${name}, and gets version ${cached} from memory`,
        state,
        broken: ifBelow(cached, floor),
      };
    }
    // Others may have been answered what lies in memory: nobody falls back behind it.
    const asking = {
      at,
      direct: !isFollowing,
      round: 1,
      floor: Math.max(floor, cached ?? 0),
      isAhead: false,
    };
    if (!isFollowing) return join(rules, state, number, asking, name);
    return {
      name: `${name}, looks into Redis`,
      state: withReader(state, number, { kind: 'seeking', asking }),
    };
  }

  /** Redis answers with any version that was ever committed, or none, or not at all. */
  function* seek(
    state: State,
    number: number,
    { asking }: Seeking,
    isFollowing: boolean,
  ): Generator<Step<State>> {
    const who = `reader ${number + 1}`;
    const instance = state.instances[asking.at];
    for (let version = 0; version <= committed(state); version++) {
      if (!rules.isAcceptable(loadedAt(version), standpointOf(instance, isFollowing))) continue;
      const cached = cache(rules, state, asking.at, version);
      const name = `${who} gets version ${version} from Redis${cached.note}`;
      const broken = ifBelow(version, asking.floor) ?? cached.broken;
      yield { name, state: withReader(cached.state, number, IDLE), broken };
    }
    yield join(rules, state, number, asking, `${who} finds nothing in Redis that it may use`);
    yield join(rules, state, number, asking, `${who} gets no answer from Redis`, true);
  }

  function strongly(state: State, number: number, at: Place): Step<State> {
    const { cached } = state.instances[at];
    const asking = { at, direct: true, round: 1, floor: committed(state), isAhead: false };
    const name = `reader ${number + 1} asks instance ${at + 1} strongly`;
    if (cached === undefined) return join(rules, state, number, asking, name);
    const comparing: Reader = { kind: 'comparing', asking, cached, current: undefined };
    return { name: `${name}, and compares version ${cached}`, state: withReader(state, number, comparing) };
  }

  function compare(state: State, number: number, { asking, cached, current }: Comparing): Step<State> {
    const version = committed(state);
    if (current === undefined) {
      const looked: Reader = { kind: 'comparing', asking, cached, current: version };
      const name = `reader ${number + 1} sees in Postgres that the version is ${version}`;
      return { name, state: withReader(state, number, looked) };
    }
    const instance = state.instances[asking.at];
    const isCurrent = rules.isEqual(loadedAt(cached).versions, loadedAt(current).versions);
    // To a strong read it does not matter whether its instance follows.
    if (isCurrent && rules.isAcceptable(loadedAt(cached), standpointOf(instance, true))) {
      const name = `reader ${number + 1} gets version ${cached} from memory`;
      return { name, state: withReader(state, number, IDLE), broken: ifBelow(cached, asking.floor) };
    }
    const known = isCurrent ? instance.known : rules.learned(instance.known, current);
    const told = withInstance(state, asking.at, { known });
    return join(rules, told, number, asking, `reader ${number + 1} cannot use what is in memory`);
  }

  return function* asks(state: State): Generator<Step<State>> {
    const idle = state.readers.findIndex(({ kind }) => kind === 'idle');
    for (const at of idle < 0 ? [] : PLACES) {
      yield plainly(state, idle, at, true);
      yield plainly(state, idle, at, false);
      yield strongly(state, idle, at);
    }
    for (const [number, reader] of state.readers.entries()) {
      if (reader.kind === 'comparing') yield compare(state, number, reader);
      if (reader.kind !== 'seeking') continue;
      for (const isFollowing of [true, false]) yield* seek(state, number, reader, isFollowing);
    }
  };
}
