/** Where a Redis (or Valkey) is: one server, a group that Sentinels watch, or a Cluster. */
export interface RedisAddress {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  readonly tls: boolean;
  /** Of the server (none over a Unix socket); of the Sentinels; of some of the Cluster's nodes. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** Path of a Unix socket. */
  readonly socket?: string;
  readonly username?: string;
  readonly password?: string;
  /** Number of the database; a Cluster has but 0. */
  readonly db: number;
  /** By which name the Sentinels know the group. */
  readonly group?: string;
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
}

const SCHEME =
  /^(?<scheme>redis|rediss|valkey|valkeys)(?:\+(?<kind>sentinel|cluster|unix))?:\/\/(?<rest>.*)$/;
const REST = /^(?:(?<credentials>[^/?@]*)@)?(?<nodes>[^/?@]*)(?<path>\/[^?]*)?(?:\?(?<query>.*))?$/;
const NODE = /^(?:\[(?<v6>[0-9a-f:.]+)\]|(?<name>[^\s:[\]#]+))(?::(?<port>\d{1,5}))?$/i;
const DB = /^\d{1,4}$/;

/**
 * What a `REDIS_URL` says, or undefined where it makes no sense:
 *
 *     redis://user:password@host:6379/0                        one server; rediss:// over TLS
 *     redis+unix:///run/redis.sock?db=0                        over a Unix socket
 *     redis+sentinel://user:password@host:26379,host/group/0   ?sentinel_password=, ?sentinel_username=
 *     redis+cluster://user:password@host:7000,host:7001
 *
 * valkey says the same as redis. What is special in a name or password is percent-encoded.
 */
export function parseRedisUrl(url: string): RedisAddress | undefined {
  const { scheme = '', kind, rest = '' } = SCHEME.exec(url)?.groups ?? {};
  const parts = REST.exec(rest)?.groups;
  if (parts === undefined) return undefined;
  const tls = scheme === 'rediss' || scheme === 'valkeys';
  try {
    const credentials = credentialsOf(parts.credentials ?? '');
    const path = decodeURIComponent(parts.path ?? '');
    const query = queryOf(parts.query ?? '', PARAMETERS[kind ?? ''] ?? []);
    if (query === undefined) return undefined;
    if (kind === 'unix') {
      const isGood = parts.nodes === '' && path.length > 1 && !tls && DB.test(query.db ?? '0');
      const single = { kind: 'single', tls, nodes: [], socket: path } as const;
      return isGood ? { ...single, db: Number(query.db ?? 0), ...credentials } : undefined;
    }
    const nodes = nodesOf(parts.nodes ?? '', kind === 'sentinel' ? 26_379 : 6_379);
    const found = pathOf(kind ?? 'single', path);
    if (nodes === undefined || found === undefined || (kind === undefined && nodes.length > 1))
      return undefined;
    const { sentinel_username: sentinelUsername, sentinel_password: sentinelPassword } = query;
    return {
      kind: kind === 'sentinel' || kind === 'cluster' ? kind : 'single',
      tls,
      nodes,
      ...credentials,
      ...found,
      ...(sentinelUsername !== undefined && { sentinelUsername }),
      ...(sentinelPassword !== undefined && { sentinelPassword }),
    };
  } catch {
    // A percent sign without its two digits.
    return undefined;
  }
}

/** What may stand behind the question mark. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  unix: ['db'],
  sentinel: ['sentinel_username', 'sentinel_password'],
};

/** Undefined where there is anything else: it would be ignored, and was meant to do something. */
function queryOf(text: string, allowed: readonly string[]): Record<string, string> | undefined {
  const query: Record<string, string> = {};
  for (const pair of text === '' ? [] : text.split('&')) {
    const [name = '', ...value] = pair.split('=');
    if (!allowed.includes(name) || value.length === 0) return undefined;
    query[name] = decodeURIComponent(value.join('='));
  }
  return query;
}

function credentialsOf(text: string): { username?: string; password?: string } {
  const colon = text.indexOf(':');
  const username = decodeURIComponent(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? '' : decodeURIComponent(text.slice(colon + 1));
  return { ...(username !== '' && { username }), ...(password !== '' && { password }) };
}

function nodesOf(text: string, defaultPort: number): { host: string; port: number }[] | undefined {
  const nodes: { host: string; port: number }[] = [];
  for (const node of text.split(',')) {
    const { v6, name, port = defaultPort } = NODE.exec(node)?.groups ?? {};
    const host = v6 ?? name;
    if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
    nodes.push({ host, port: Number(port) });
  }
  return nodes;
}

/** Behind the nodes: `/db`, of Sentinels `/group/db`, of a Cluster nothing but `/0`. */
function pathOf(kind: string, path: string): { db: number; group?: string } | undefined {
  const [first = '', second = '0', ...more] = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  if (kind === 'sentinel')
    return first !== '' && DB.test(second) && more.length === 0
      ? { group: first, db: Number(second) }
      : undefined;
  if (first === '') return { db: 0 };
  const isDb = DB.test(first) && path.lastIndexOf('/') === 0;
  return isDb && (kind !== 'cluster' || first === '0') ? { db: Number(first) } : undefined;
}
