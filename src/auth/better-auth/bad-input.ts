import pg from 'pg';

const UNDEFINED_COLUMN = '42703';
/** Class 22, data exceptions: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DATA_EXCEPTION = '22';
/** better-auth's own words about a column that it was asked to filter or to sort by. */
const UNKNOWN_FIELD = /^Field .* not found in model /s;

/**
 * Whether a query of better-auth failed because of what the caller sent: it hands ids, numbers and the names of
 * columns to Postgres as they come.
 */
export function isBadInput(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error;
    return code.startsWith(DATA_EXCEPTION) || code === UNDEFINED_COLUMN;
  }
  return UNKNOWN_FIELD.test(error.message) || isBadInput(error.cause);
}

/**
 * Whether something in the path, the query or the JSON of the body contains U+0000, which no text in Postgres can.
 * What is not JSON is for better-auth to refuse.
 */
export function containsNul(url: string, body: Uint8Array | null): boolean {
  if (url.includes('%00')) return true;
  if (body === null) return false;
  const text = new TextDecoder().decode(body);
  // The escape may itself be escaped, so that only the parsed JSON tells; most bodies need not be parsed for it.
  return text.includes('\\u0000') && hasNul(parsed(text));
}

/** Without recursion: 64 KiB of brackets would use up the stack. */
function hasNul(json: unknown): boolean {
  const rest = [json];
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one === 'string' && one.includes('\u0000')) return true;
    if (typeof one === 'object' && one !== null)
      for (const [key, value] of Object.entries(one)) rest.push(key, value);
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
