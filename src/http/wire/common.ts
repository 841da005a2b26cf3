import { Type } from 'typebox';
import type { ProblemCode } from '../problem.ts';

/** Postgres cannot keep U+0000 in a text. */
export const PRINTABLE = '^[^\\u0000]*$';
const LARGEST_ID = 2_147_483_647;
/** Stands for tomorrow: the page at /docs fills in that instead. */
export const EXAMPLE_DATE = '2026-11-23';

export const Id = Type.Integer({ minimum: 1, maximum: LARGEST_ID });
export const DateText = Type.String({ format: 'date', examples: [EXAMPLE_DATE], maxLength: 64 });
export const TimeText = Type.String({ description: 'HH:MM', maxLength: 64 });
export const InstantText = Type.String({
  format: 'date-time',
  description: 'RFC 3339 with offset, as in 2026-11-23T10:00:00-05:00',
  maxLength: 64,
});
export const Timezone = Type.String({
  description: 'IANA time zone, as in America/New_York',
  maxLength: 64,
  pattern: PRINTABLE,
});
/** As asked for, where a wrong one is a fault. */
export const AskedTime = Type.String({ ...TimeText, format: 'hour-minute' });
export const AskedTimezone = Type.String({ ...Timezone, format: 'time-zone' });
export const ServiceName = Type.String({
  description: 'Name of a service',
  minLength: 1,
  maxLength: 200,
  pattern: PRINTABLE,
});
/** What a shop, a service or a barber is called; not blank. */
export const NameText = Type.String({ minLength: 1, maxLength: 200, pattern: PRINTABLE, format: 'filled' });
export const ShopSlug = Type.String({
  description: 'Slug of the shop; without it the first shop',
  minLength: 1,
  maxLength: 63,
  pattern: PRINTABLE,
});
export const Money = Type.Object({
  amount: Type.Integer({ description: 'Minor units' }),
  currency: Type.String({ description: 'ISO 4217' }),
});

export const ShopQuery = Type.Object({ shop: Type.Optional(ShopSlug) }, { additionalProperties: false });
export const IdParams = Type.Object({ id: Id });

export const PAGE = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(
    Type.Integer({ minimum: 0, maximum: LARGEST_ID, description: '`next_cursor` of the page before' }),
  ),
};
export const PageQuery = Type.Object(
  { shop: Type.Optional(ShopSlug), ...PAGE },
  { additionalProperties: false },
);
export const NextCursor = Type.Union([Type.Integer(), Type.Null()]);

/** What to read for a page: the keys after `after`, and one more than `limit` where there are more. */
export function pageAsked({ limit = 50, cursor = 0 }: { limit?: number; cursor?: number }) {
  return { limit, after: cursor };
}

/** A page of a list, `keyOf` growing along it, of which all is here or just what `pageAsked` says. */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => number,
  { limit = 50, cursor = 0 }: { limit?: number; cursor?: number },
): { items: T[]; next_cursor: number | null } {
  const rest = items.filter((item) => keyOf(item) > cursor);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next_cursor: last === undefined || page.length === rest.length ? null : keyOf(last) };
}

const code = Type.Unsafe<ProblemCode>(Type.String({ description: 'Stable, for programs' }));

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'A sentence for people' }),
    code,
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON Pointer to what is at fault' }),
          code,
          detail: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem', title: 'Problem', description: 'RFC 9457 problem details' },
);

const MEANINGS = {
  400: 'The request can never succeed as it is',
  401: 'Nobody is signed in',
  403: 'Signed in, but not allowed',
  404: 'Not found; also somebody else’s booking',
  409: 'It lost against the present state',
  413: 'The body is too large',
  414: 'A part of the path is too long',
  415: 'The body is not JSON',
  422: 'The Idempotency-Key was used for another request',
  429: 'Too many requests; see Retry-After',
  503: 'Postgres cannot be reached; see Retry-After',
} as const;

/** Response schemas of the problems that a route may answer with; any may fail with 500. */
export function problems<const S extends keyof typeof MEANINGS>(...statuses: S[]) {
  const one = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: Type.Ref('Problem#') } },
  });
  const entries = statuses.map((status) => [status, one(MEANINGS[status])]);
  return { ...Object.fromEntries(entries), 500: one('A fault of the server') };
}
