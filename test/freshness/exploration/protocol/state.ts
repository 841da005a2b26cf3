/**
 * The world of the model: one barber-day, whose versions are 0, 1 and 2. In it is what tells stale from fresh; the
 * rest is left to chance. Whether an instance follows may change at any moment, so it is asked anew at each step;
 * and Redis may hold, lose or bring back any version that was ever committed. So neither is kept here. Immutable.
 */
export interface State {
  /** The first makes version 1 on the first instance, then the second version 2 on the second: they are alike. */
  readonly writers: readonly [Writer, Writer];
  readonly instances: readonly [Instance, Instance];
  readonly readers: readonly Reader[];
}

/** Whoever dies after COMMIT is `committed` for ever, and its own instance hears of it like all others. */
export type Writer = 'idle' | 'committed' | 'acknowledged';

export interface Instance {
  /** The version that it knows of. */
  readonly known: number;
  /** The version of the value that lies in the process. */
  readonly cached: number | undefined;
}

export type Place = 0 | 1;
export const PLACES: readonly Place[] = [0, 1];

/** What a read is about while it goes on. */
export interface Asking {
  readonly at: Place;
  /** It wants nothing that was loaded before it asked. */
  readonly direct: boolean;
  /** Which load it is for it: the first, or a later one (2). */
  readonly round: number;
  /** The version below which its answer would break a promise. */
  readonly floor: number;
  /** Whether the load past the store that may be joined here began after it had asked. */
  readonly isAhead: boolean;
}

export type Reader =
  | { readonly kind: 'idle' }
  /** A plain read looks into Redis by itself, before it takes part in any load. */
  | { readonly kind: 'seeking'; readonly asking: Asking }
  /** A strong read compares what is cached with Postgres; `current` once it has looked there. */
  | {
      readonly kind: 'comparing';
      readonly asking: Asking;
      readonly cached: number;
      readonly current: number | undefined;
    }
  /** It began a load, and never stops waiting for it: so there is no load without its reader. */
  | { readonly kind: 'loading'; readonly asking: Asking; readonly load: Load }
  /** It joined the load that runs at its instance and is not old. */
  | { readonly kind: 'waiting'; readonly asking: Asking; readonly way: Way };

/** By way of the store that instances share, or past it. */
export type Way = 'fill' | 'load';

export interface Load {
  readonly way: Way;
  readonly phase: Phase;
  /** It began a second ago or more. */
  readonly isOld: boolean;
}

/**
 * Where a load is: it asks Redis, for the value and the claim; looks at Postgres; has looked; and has put the
 * value into the process, until the rest of its batch is there.
 */
export type Phase =
  | { readonly at: 'asking' | 'looking'; readonly version?: undefined }
  | { readonly at: 'looked' | 'stored'; readonly version: number };

export const IDLE: Reader = { kind: 'idle' };

export function initialState(readers: number): State {
  const untouched: Instance = { known: 0, cached: undefined };
  return {
    writers: ['idle', 'idle'],
    instances: [untouched, untouched],
    readers: Array.from({ length: readers }, () => IDLE),
  };
}

/** The version in Postgres. */
export function committed({ writers }: State): number {
  return writers.filter((writer) => writer !== 'idle').length;
}

/** The highest version that was acknowledged there. */
export function acknowledged({ writers }: State, at: Place): number {
  return writers[at] === 'acknowledged' ? at + 1 : 0;
}

export function withInstance(state: State, at: Place, changed: Partial<Instance>): State {
  const instance = { ...state.instances[at], ...changed };
  const [first, second] = state.instances;
  return { ...state, instances: at === 0 ? [instance, second] : [first, instance] };
}

export function withReader(state: State, number: number, reader: Reader): State {
  return { ...state, readers: state.readers.with(number, reader) };
}
