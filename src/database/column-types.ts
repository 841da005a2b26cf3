import pg from 'pg';

const text = (value: string): string => value;

function wholeNumber(value: string): number {
  const parsed = Number(value);
  if (!Number.isSafeInteger(parsed)) throw new RangeError(`${value} is too large for a number`);
  return parsed;
}

const TEXT_ARRAY: number = 1009;
const parseTextArray: (value: string) => (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY);

const listOf =
  <T>(element: (value: string) => T) =>
  (value: string): (T | null)[] =>
    parseTextArray(value).map((item) => (item === null ? null : element(item)));

/** By type oid, from `pg_type`: these are fixed for all versions of Postgres. */
const PARSERS: ReadonlyMap<number, (value: string) => unknown> = new Map<number, (value: string) => unknown>([
  [20, wholeNumber], // int8
  [1016, listOf(wholeNumber)],
  [1700, Number], // numeric
  [1231, listOf(Number)],
  [1082, text], // date, as YYYY-MM-DD
  [1182, listOf(text)],
  [1083, text], // time, as HH:MM:SS
  [1183, listOf(text)],
]);

/**
 * How columns become values: int8 and numeric are numbers (an int8 beyond 2^53 is an error), date and time stay
 * strings, timestamptz is a Date, the rest is as `pg` has it. Given to a pool; pg's global parsers stay untouched.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const parser = format === 'binary' ? undefined : PARSERS.get(oid);
    return parser ?? pg.types.getTypeParser(oid, format);
  },
};
