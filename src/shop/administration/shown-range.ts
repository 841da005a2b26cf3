import { sql } from 'kysely';

/** What was typed by hand may lie anywhere: the years that a date on the wire can have. */
export const YEARS_SHOWN = sql`tsrange('1970-01-01', '9999-12-31')`;

/** The column `during` of a closure or time off as a `LocalRange`. */
export const SHOWN_RANGE = sql`json_build_object(
  'from', to_char(lower(during * ${YEARS_SHOWN}), 'YYYY-MM-DD"T"HH24:MI'),
  'to', to_char(upper(during * ${YEARS_SHOWN}), 'YYYY-MM-DD"T"HH24:MI'))`;
