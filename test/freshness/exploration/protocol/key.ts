import { type Instance, type Phase, PLACES, type Reader, type State, type Writer } from './state.ts';

const PHASES: readonly Phase['at'][] = ['asking', 'looking', 'looked', 'stored'];

/** Three characters, with two readers, that tell states apart. Readers are alike: which is which does not matter. */
export function keyOf({ writers, instances, readers }: State): string {
  const [first, second] = instances.map(codeOfInstance);
  const [one, two] = PLACES.map((at) => codeOfWriter(writers[at], instances[at].known > at));
  const codes = readers.map(codeOfReader).sort((a, b) => a - b);
  return String.fromCharCode(mixed([first, 12], [second, 12], [one, 3], [two, 3]), ...codes);
}

/** Numbers below their limits, as one. */
function mixed(...parts: readonly (readonly [number | undefined, number])[]): number {
  return parts.reduce((code, [part = 0, limit]) => code * limit + part, 0);
}

/** An acknowledged write is nothing more to an instance that knows of it: so it had to be known. */
function codeOfWriter(writer: Writer, isKnown: boolean): number {
  if (writer === 'idle') return 0;
  return writer === 'acknowledged' && !isKnown ? 2 : 1;
}

function codeOfInstance({ known, cached = 3 }: Instance): number {
  return mixed([known, 3], [cached, 4]);
}

function codeOfReader(reader: Reader): number {
  if (reader.kind === 'idle') return 0;
  const { at, round, floor } = reader.asking;
  // Whoever began a second load uses what comes of it, and what he wanted at first does not matter any more.
  const isDone = reader.kind === 'loading' && round === 2;
  const direct = !isDone && reader.asking.direct;
  const isAhead = !isDone && reader.asking.isAhead;
  const does = codeOfDoing(reader);
  return mixed([does, 64], [at, 2], [Number(direct), 2], [round, 3], [floor, 3], [Number(isAhead), 2]);
}

function codeOfDoing(reader: Exclude<Reader, { kind: 'idle' }>): number {
  if (reader.kind === 'comparing') return 1 + mixed([reader.cached, 3], [reader.current ?? 3, 4]);
  if (reader.kind === 'seeking') return 63;
  if (reader.kind === 'waiting') return reader.way === 'fill' ? 13 : 14;
  const { way, phase, isOld } = reader.load;
  const version = phase.version ?? 0;
  return (
    15 + mixed([PHASES.indexOf(phase.at), 4], [version, 3], [way === 'fill' ? 0 : 1, 2], [Number(isOld), 2])
  );
}
