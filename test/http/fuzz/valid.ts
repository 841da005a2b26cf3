import fc from 'fast-check';
import { isManaged, knownPart, knownValues, type World } from './known.ts';
import type { Operation, Schema } from './operations.ts';

/** A request by its parts. `Fresh` things in it are yet to be made. */
export interface Plan {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Requests that their schemas accept, about things that exist. */
export function validPlans(world: World, operation: Operation): fc.Arbitrary<Plan> {
  const { parameters, body } = operation;
  const part = (place: 'query' | 'header') => {
    const asked = parameters.filter((parameter) => parameter.in === place);
    const values: Record<string, fc.Arbitrary<unknown>> = {};
    for (const { name, schema } of asked) values[name] = validOf(world, operation, schema, name);
    return fc.record(values, {
      requiredKeys: asked.filter((one) => one.required || isAlwaysSaid(operation, one.name)).map(nameOf),
    });
  };
  const parts = parameters.filter((parameter) => parameter.in === 'path').map(nameOf);
  const plans: fc.Arbitrary<Plan> = fc.record({
    path: fc.constant(Object.fromEntries(parts.map((name) => [name, knownPart(world, operation, name)]))),
    query: oftenBare(
      part('query'),
      (name) => parameters.some((p) => p.name === name && p.required) || isAlwaysSaid(operation, name),
    ),
    headers: oftenBare(part('header'), () => false),
    body: body === undefined ? fc.constant(undefined) : validOf(world, operation, body, ''),
  });
  return plans.map(ahead);
}

/** A warm-up is of days ahead or of a range. */
function ahead(plan: Plan): Plan {
  if (Reflect.get(Object(plan.body), 'start_date') === undefined) return plan;
  const { days_ahead: _, ...query } = plan.query;
  return { ...plan, query };
}

/** Bookings are not made at the first shop, which is meant where none is said. */
function isAlwaysSaid(operation: Operation, name: string): boolean {
  return name === 'shop' && !isManaged(operation);
}

function oftenBare(
  values: fc.Arbitrary<Record<string, unknown>>,
  isKept: (name: string) => boolean,
): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(values, fc.boolean())
    .map(([record, bare]) =>
      bare ? Object.fromEntries(Object.entries(record).filter(([name]) => isKept(name))) : record,
    );
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

/** A value that the schema accepts; `name` is that of the field. */
function validOf(world: World, operation: Operation, schema: Schema, name: string): fc.Arbitrary<unknown> {
  const { type, anyOf, enum: choices, items, properties } = schema;
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((one) => validOf(world, operation, one, name)));
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (type === 'null') return fc.constant(null);
  const known = knownValues(world, operation, name);
  if (known !== undefined && items === undefined) return known;
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') {
    const { minimum: min = -1000, maximum: max = 1000 } = schema;
    return fc.oneof(
      fc.constantFrom(min, max),
      fc.integer({ min, max }),
      fc.integer({ min, max: Math.min(max, min + 99) }),
    );
  }
  if (type === 'array' && items !== undefined) return validItems(world, operation, schema, items, name);
  if (type === 'object') return validObject(world, operation, schema, properties ?? {});
  if (known !== undefined) return known;
  const { minLength = 0, maxLength = 50 } = schema;
  return fc.string({ minLength, maxLength: Math.min(maxLength, 50), unit: 'grapheme-ascii' });
}

function validItems(
  world: World,
  operation: Operation,
  { uniqueItems = false }: Schema,
  items: Schema,
  name: string,
): fc.Arbitrary<unknown> {
  const known = uniqueItems || name === 'barber_ids' ? knownValues(world, operation, name) : undefined;
  if (known !== undefined) return known;
  // Two periods of a weekday overlap, and a service is offered once.
  const selector = (item: unknown) =>
    Reflect.get(Object(item), 'weekday') ?? Reflect.get(Object(item), 'service_id') ?? item;
  const maxLength = name === 'periods' ? 1 : 3;
  return fc.uniqueArray(validOf(world, operation, items, name), { maxLength, selector });
}

function validObject(
  world: World,
  operation: Operation,
  { required = [] }: Schema,
  properties: Readonly<Record<string, Schema>>,
): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties);
  const fields = fc.record(
    Object.fromEntries(entries.map(([name, schema]) => [name, validOf(world, operation, schema, name)])),
    {
      requiredKeys: [...required, ...TIMES.filter((name) => name in properties)],
    },
  );
  return fc.tuple(fields, fc.boolean(), fc.boolean(), fc.boolean()).map(([all, isBare, byStart, whole]) => {
    const left = new Set(NOT_ANY);
    const unless = (holds: boolean, names: readonly string[]) => {
      for (const name of names) if (!holds) left.add(name);
    };
    // A time is named in one of two ways, a day is whole or has both times, a range both ends, a client has an account
    // or a name.
    if ('date' in properties) unless(!('start' in properties && byStart), ['date', 'time', 'timezone']);
    unless(byStart, ['start']);
    unless(!whole, ['start_time', 'end_time']);
    unless(all.client_id === undefined, ['name', 'email', 'phone']);
    unless(all.start_date !== undefined && all.end_date !== undefined, ['start_date', 'end_date']);
    const keeps = (name: string) =>
      required.includes(name) ||
      (!left.has(name) && (!isBare || required.length === 0 || TIMES.includes(name)));
    return Object.fromEntries(Object.entries(all).filter(([name]) => keeps(name)));
  });
}

const TIMES = ['date', 'time', 'start', 'start_time', 'end_time'];
/** A hold is of one slot, and a state has a country. */
const NOT_ANY = ['hold_token', 'state', 'region'];
