import type { Step } from '../explore.ts';
import { ageOf, type Rules } from './rules.ts';
import { type Asking, type Place, type Reader, type State, type Way, withReader } from './state.ts';

/** A reader joins the load that runs where it asks, or begins one: past Redis if that is silent. */
export function join(
  { isJoinable, usesSharedStore }: Rules,
  state: State,
  number: number,
  asking: Asking,
  name: string,
  isSilent = false,
): Step<State> {
  const { at, direct, round } = asking;
  const way = usesSharedStore({ direct: direct || isSilent, round }) ? 'fill' : 'load';
  const runs = (reader: Reader) =>
    reader.kind === 'loading' &&
    reader.asking.at === at &&
    reader.load.way === way &&
    isJoinable(0, ageOf(reader.load));
  if (state.readers.some(runs)) {
    const waiting: Reader = { kind: 'waiting', asking, way };
    return { name: `${name}, joins a ${way}`, state: withReader(state, number, waiting) };
  }
  const seen = way === 'load' ? withAhead(state, at, true) : state;
  const began: Reader = {
    kind: 'loading',
    asking: { ...asking, isAhead: false },
    load: { way, phase: { at: way === 'fill' ? 'asking' : 'looking' }, isOld: false },
  };
  return { name: `${name}, begins a ${way}`, state: withReader(seen, number, began) };
}

/** Those who joined the load there that may be joined. */
export function waitersFor({ readers }: State, at: Place, way: Way): readonly (readonly [number, Asking])[] {
  return [...readers.entries()].flatMap(([number, reader]) =>
    reader.kind === 'waiting' && reader.way === way && reader.asking.at === at
      ? [[number, reader.asking] as const]
      : [],
  );
}

/** Notes for all who take part in a load there whether the one past the store began after they had asked. */
export function withAhead(state: State, at: Place, isAhead: boolean): State {
  const readers = state.readers.map((reader) =>
    (reader.kind === 'loading' || reader.kind === 'waiting') && reader.asking.at === at
      ? { ...reader, asking: { ...reader.asking, isAhead } }
      : reader,
  );
  return { ...state, readers };
}
