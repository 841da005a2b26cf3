import fc from 'fast-check';
import type { World } from './known.ts';
import { MEGABYTE, nastyHeader, nastyText, nastyValue } from './nasty.ts';
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
    { weight: 10, arbitrary: valid.chain(mutated) },
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
    if (path.includes('/admin/')) return ['admin', 'owner'];
    if (/\/(complete|no-show)$/.test(path)) return ['barber', 'admin', 'owner'];
    return ACTORS.filter((actor) => actor !== 'anonymous');
  })();
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...those) }, { weight: 1, arbitrary: anybody });
}

type Path = readonly (string | number)[];

/** One field is another than it should be, missing, or one too many. */
function mutated(attempt: Attempt): fc.Arbitrary<Attempt> {
  const { plan, operation } = attempt;
  const to = (what: string, change: Partial<Plan>): Attempt => ({
    ...attempt,
    what,
    plan: { ...plan, ...change },
  });
  const inQuery = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const inHeaders = [
    ...operation.parameters.filter((one) => one.in === 'header').map(({ name }) => name),
    ...['authorization', 'x-api-key', 'cookie', 'if-none-match', 'cache-control', 'prefer', 'origin'],
  ];
  const ways: fc.Arbitrary<Attempt>[] = [
    fc
      .tuple(
        fc.constantFrom(...inQuery, 'unknown', '__proto__', 'constructor'),
        fc.oneof(nastyText, fc.array(nastyText, { maxLength: 3 })),
      )
      .map(([name, value]) => to(`query ${name}`, { query: { ...plan.query, [name]: value } })),
    fc
      .tuple(fc.constantFrom(...inHeaders), nastyHeader)
      .map(([name, value]) => to(`header ${name}`, { headers: { ...plan.headers, [name]: value } })),
  ];
  const inPath = Object.keys(plan.path);
  if (inPath.length > 0)
    ways.push(
      fc
        .tuple(fc.constantFrom(...inPath), nastyText)
        .map(([name, value]) => to(`path ${name}`, { path: { ...plan.path, [name]: value } })),
    );
  const required = inQuery.filter((name) => name in plan.query);
  if (required.length > 0)
    ways.push(
      fc
        .constantFrom(...required)
        .map((name) => to(`without query ${name}`, { query: omit(plan.query, name) })),
    );
  if (plan.body !== undefined) {
    const inBody = [...places(plan.body), ...unsaid(operation, plan.body)];
    const change = fc
      .tuple(fc.constantFrom(...inBody), nastyValue)
      .map(([place, value]) => to(`body /${place.join('/')}`, { body: replaced(plan.body, place, value) }));
    const left = fc
      .constantFrom(...inBody)
      .map((place) =>
        to(`without body /${place.join('/')}`, { body: replaced(plan.body, place, undefined) }),
      );
    const more = fc
      .tuple(fc.constantFrom('unknown', '<__proto__>', 'constructor', '', 'id', 'a/b~c'), nastyValue)
      .map(([name, value]) => to(`also body /${name}`, { body: replaced(plan.body, [name], value) }));
    ways.push(change, change, change, left, more);
  }
  return fc.oneof(...ways);
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
