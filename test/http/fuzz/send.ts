import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { injectStream } from '../event-stream.ts';
import type { TestServer } from '../server.ts';
import { Fresh, isManaged, type World } from './known.ts';
import { RAW } from './nasty.ts';
import type { Method } from './operations.ts';
import type { Actor, Attempt } from './requests.ts';
import type { Account, Targets } from './targets.ts';

export interface Company {
  readonly targets: Targets;
  /** Who is always there. */
  readonly accounts: Readonly<Record<Exclude<Actor, 'anonymous' | 'guest'>, Account>>;
}

/** A request, ready to be sent. */
export interface Prepared extends InjectOptions {
  readonly method: Method;
  readonly url: string;
}

/** Requests after which an account is gone, signed out or somebody else. */
const SPENDS_ACCOUNT =
  /^(DELETE \/api\/v2\/me|POST \/api\/auth\/sign-out|POST \/api\/v2\/invitations\/accept)$/;

let slugs = 0;
let addresses = 0;

/** Makes what the request is about. */
export async function prepare(world: World, company: Company, attempt: Attempt): Promise<Prepared> {
  const { operation, plan, raw, actor } = attempt;
  const { method } = operation;
  const make = createMaker(world, company, attempt);
  const path = await make.all(plan.path);
  const query = await make.all(plan.query);
  const headers = Object.entries(await make.all(plan.headers)).map(([name, value]) => [name, String(value)]);
  const body = await make(plan.body);
  const asked = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encode(name)}=${encode(String(one))}`),
  );
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encode(String(path[name])));
  const url = raw.url ?? (asked.length === 0 ? filled : `${filled}?${asked.join('&')}`);

  const account = await accountFor(company, attempt);
  const payload = raw.payload ?? (body === undefined ? undefined : toJson(body));
  return {
    method,
    url,
    // Nobody holds so many slots.
    remoteAddress: `10.${++addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`,
    headers: {
      ...(account !== undefined && { authorization: `Bearer ${account.token}` }),
      ...(actor === 'guest' && { 'x-manage-token': await make.token() }),
      ...(payload !== undefined && { 'content-type': raw.contentType ?? 'application/json' }),
      ...Object.fromEntries(headers),
    },
    ...(payload !== undefined && { payload }),
  };
}

export function inject({ app }: TestServer, request: Prepared): Promise<LightMyRequestResponse> {
  const isStream = request.method === 'GET' && /\/stream\/?(\?|$)/i.test(request.url);
  return isStream ? injectStream(app, request) : app.inject(request);
}

async function accountFor(company: Company, { operation, actor }: Attempt): Promise<Account | undefined> {
  if (actor === 'anonymous' || actor === 'guest') return undefined;
  return SPENDS_ACCOUNT.test(operation.name) ? company.targets.account() : company.accounts[actor];
}

/** One booking is meant by the path and by the token of a request. */
function createMaker(world: World, { targets, accounts }: Company, { operation, actor }: Attempt) {
  let booking: ReturnType<Targets['booking']> | undefined;
  const bookingOf = () => {
    booking ??= targets.booking(world.chair, actor === 'guest' ? undefined : accounts.client.id);
    return booking;
  };
  const thing = async ({ what }: Fresh): Promise<unknown> => {
    switch (what) {
      case 'booking':
        return (await bookingOf()).id;
      case 'manage token':
        return (await bookingOf()).token;
      case 'hold':
        return targets.hold(world.chair);
      case 'invitation':
        return targets.invitation();
      case 'barber':
        return targets.barber();
      case 'service':
        return targets.service();
      case 'closure':
        return targets.closure();
      case 'warm-up':
        return targets.warmUp();
      case 'override':
        return targets.override(world.managedChair);
      case 'time off':
        return targets.timeOff(world.managedChair);
      case 'account':
        return (await targets.colleague()).id;
      case 'slug':
        return `fuzzed-${++slugs}`;
    }
  };
  const make = async (value: unknown): Promise<unknown> => {
    if (value instanceof Fresh) return thing(value);
    if (Array.isArray(value)) return Promise.all(value.map(make));
    return typeof value === 'object' && value !== null ? all(value) : value;
  };
  const all = async (record: object): Promise<Record<string, unknown>> => {
    const entries = Object.entries(record).map(async ([key, value]) => [key, await make(value)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  const token = async () => (isManaged(operation) ? 'a token of no use here' : (await bookingOf()).token);
  return Object.assign(make, { all, token });
}

/** Lone surrogates, too, which encodeURIComponent refuses. */
function encode(text: string): string {
  return text
    .split(/(\p{Surrogate})/u)
    .map((part, i) => (i % 2 === 0 ? encodeURIComponent(part) : '%ED%A0%80'))
    .join('');
}

function toJson(value: unknown): string {
  return Object.entries(RAW).reduce(
    (text, [word, raw]) => text.replaceAll(word, raw),
    JSON.stringify(value) ?? 'undefined',
  );
}
