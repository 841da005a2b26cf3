import fc from 'fast-check';
import type { World } from './known.ts';
import { MEGABYTE, nastyHeader, nastyTextFor, nastyValueFor } from './nasty.ts';
import type { Operation } from './operations.ts';
import { type Plan, validPlans } from './valid.ts';

export const ACTORS = ['anonymous', 'guest', 'client', 'barber', 'admin', 'owner'] as const;
export type Actor = (typeof ACTORS)[number];

/** A request as it is to be sent, but for the things in it that are yet to be made. */
export interface Attempt {
  readonly operation: Operation;
  readonly actor: Actor;
  /** What was done to it: `valid`, or where it was broken. */
  readonly what: string;
  readonly plan: Plan;
  /** Instead of what the plan says. */
  readonly raw: { readonly url?: string; readonly payload?: string | Buffer; readonly contentType?: string };
}

export function attempts(world: World, operation: Operation): fc.Arbitrary<Attempt> {
  const valid = fc
    .tuple(validPlans(world, operation), actors(operation))
    .map(([plan, actor]): Attempt => ({ operation, actor, plan, what: 'valid', raw: {} }));
  return fc.oneof(
    { weight: 4, arbitrary: valid },
    { weight: 8, arbitrary: valid.chain(mutated) },
    { weight: 2, arbitrary: valid.chain(mutated).chain(mutated) },
    { weight: 2, arbitrary: valid.chain(garbled) },
  );
}

/** Mostly somebody who may. */
function actors({ path }: Operation): fc.Arbitrary<Actor> {
  const anybody = fc.constantFrom(...ACTORS);
  const those = ((): readonly Actor[] => {
    if (path === '/api/v2/admin/shops') return ['owner'];
    if (/\/barbers\/\{id\}\/(hours|overrides|time-off)|\/staff\//.test(path))
      return ['barber', 'admin', 'owner'];
    if (path.includes('/admin/') || path.includes('/cache/')) return ['admin', 'owner'];
    if (path.endsWith('/managed')) return ['guest'];
    if (path.endsWith('/hold')) return ['anonymous', 'guest'];
    if (/\/(complete|no-show)$/.test(path)) return ['barber', 'admin', 'owner'];
    return ACTORS.filter((actor) => actor !== 'anonymous');
  })();
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...those) }, { weight: 1, arbitrary: anybody });
}

type Path = readonly (string | number)[];

/** Said or not, they mean something to every route. */
const HEADERS = [
  'authorization',
  'x-api-key',
  'cookie',
  'if-none-match',
  'cache-control',
  'prefer',
  'origin',
];
/** Beside what a query may say. */
const STRANGE = ['unknown', '__proto__', 'constructor'];

/** One field is another than it should be, missing, or one too many. */
function mutated(attempt: Attempt): fc.Arbitrary<Attempt> {
  const { plan, operation } = attempt;
  const to = (what: string, change: Partial<Plan>): Attempt => ({
    ...attempt,
    what: attempt.what === 'valid' ? what : `${attempt.what}, ${what}`,
    plan: { ...plan, ...change },
  });
  const named = (place: string) =>
    operation.parameters.filter((one) => one.in === place).map((one) => one.name);
  const oneOf = (names: readonly string[], broken: (name: string) => fc.Arbitrary<Attempt>) =>
    names.length === 0 ? [] : [fc.constantFrom(...names).chain(broken)];

  const withQuery = (name: string) =>
    fc
      .oneof(nastyTextFor(name), fc.array(nastyTextFor(name), { maxLength: 3 }))
      .map((value) => to(`query ${name}`, { query: { ...plan.query, [name]: value } }));
  const withoutQuery = (name: string) =>
    fc.constant(to(`without query ${name}`, { query: omit(plan.query, name) }));
  const withHeader = (name: string) =>
    nastyHeader.map((value) => to(`header ${name}`, { headers: { ...plan.headers, [name]: value } }));
  const withPath = (name: string) =>
    nastyTextFor(name).map((value) => to(`path ${name}`, { path: { ...plan.path, [name]: value } }));

  const query = oneOf(named('query'), withQuery);
  const required = operation.parameters.filter((one) => one.in === 'query' && one.required);
  return fc.oneof(
    ...[...query, ...query, ...oneOf(STRANGE, withQuery)],
    ...oneOf(
      required.map(({ name }) => name),
      withoutQuery,
    ),
    ...[...oneOf(named('header'), withHeader), ...oneOf(HEADERS, withHeader)],
    ...[1, 2, 3].flatMap(() => oneOf(Object.keys(plan.path), withPath)),
    ...[1, 2, 3].flatMap(() => (plan.body === undefined ? [] : [inBody(plan.body, operation, to)])),
  );
}

function inBody(
  body: unknown,
  operation: Operation,
  to: (what: string, change: Partial<Plan>) => Attempt,
): fc.Arbitrary<Attempt> {
  const present = fc.constantFrom(...places(body), ...unsaid(operation, body));
  const changed = present.chain((place) =>
    nastyValueFor(String(place.at(-1) ?? '')).map((value) =>
      to(`body /${place.join('/')}`, { body: replaced(body, place, value) }),
    ),
  );
  const missing = present.map((place) =>
    to(`without body /${place.join('/')}`, { body: replaced(body, place, undefined) }),
  );
  const strange = fc
    .constantFrom('unknown', '<__proto__>', 'constructor', '', 'id', 'a/b~c')
    .chain((name) =>
      nastyValueFor(name).map((value) => to(`also body /${name}`, { body: replaced(body, [name], value) })),
    );
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 1, arbitrary: missing },
    { weight: 1, arbitrary: strange },
  );
}

/** Fields that the schema knows and this body has not. */
function unsaid({ body }: Operation, present: unknown): Path[] {
  return Object.keys(body?.properties ?? {})
    .filter((name) => !(name in Object(present)))
    .map((name) => [name]);
}

/** Where something stands in a body, itself included. */
function places(value: unknown, here: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || here.length > 3) return [here];
  return [here, ...Object.entries(value).flatMap(([key, member]) => places(member, [...here, key]))];
}

/** Without the value where there is none. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const member = replaced(Reflect.get(Object(value), key), rest, by);
  if (Array.isArray(value))
    return value.flatMap((item, i) =>
      String(i) !== String(key) ? [item] : member === undefined ? [] : [member],
    );
  const others = omit(Object(value), String(key));
  return member === undefined ? others : { ...others, [key]: member };
}

function omit(record: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** What is hardly a request any more. */
function garbled(attempt: Attempt): fc.Arbitrary<Attempt> {
  const as = (what: string, raw: Attempt['raw']): Attempt => ({ ...attempt, what, raw });
  const json = JSON.stringify(attempt.plan.body ?? { a: 1 });
  const payload = fc.oneof(
    fc.constantFrom(
      'not json',
      '',
      '{',
      '{"a":}',
      '[1,2',
      'null',
      '1',
      '"text"',
      '[]',
      '{"a":1,"a":2}',
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{"admin":true}}}',
      '\ufeff{}',
      `${'['.repeat(30_000)}`,
      `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
      JSON.stringify({ notes: MEGABYTE }),
    ),
    fc.nat(json.length).map((length) => json.slice(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  const type = fc.constantFrom(
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/jsonx',
    'nonsense',
    ';',
  );
  const { path } = attempt.operation;
  const url = fc.constantFrom(
    `${path.replace(/\{\w+\}/g, '%zz')}?a=%zz`,
    `${path.replace(/\{\w+\}/g, '%ff%fe')}?%ff=%fe`,
    `${path.replace(/\{\w+\}/g, 'x'.repeat(5000))}`,
    `${path}/${'x/'.repeat(2000)}`,
    `${path.replace(/\{\w+\}/g, '1')}?${'a=1&'.repeat(3000)}`,
    `${path.replace(/\{\w+\}/g, '1')}?a[b][c]=1&a[]=2&__proto__[x]=1&constructor=1`,
    `${path.replace(/\{\w+\}/g, '1%2F2')}`,
    `${path.replace(/\{\w+\}/g, '1%00')}%00`,
    `${path.replace(/\{\w+\}/g, '1')}//`,
    path.toUpperCase(),
  );
  return fc.oneof(
    payload.map((text) => as('garbage for a body', { payload: text, contentType: 'application/json' })),
    type.map((contentType) => as(`a body as ${contentType}`, { payload: json, contentType })),
    url.map((text) => as(`url ${text.slice(0, 60)}`, { url: text })),
  );
}
