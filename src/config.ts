import { isIP } from 'node:net';
import { type Static, type TSchema, Type } from 'typebox';
import { IsEmail } from 'typebox/format';
import { Value } from 'typebox/value';
import { parseRedisUrl } from './redis/address.ts';

/** Seconds: what is known of versions is kept for a day, so nothing may be cached for longer. */
const lifetime = (seconds: number, what: string) =>
  Type.Integer({
    minimum: 1,
    maximum: 86_400,
    default: seconds,
    description: `How long ${what} may be kept in the cache, in seconds. A bound on memory: freshness does not depend on it.`,
    expected: 'a whole number of seconds from 1 to 86400',
  });

/**
 * Every setting that the environment (or `.env`) can hold, under its own name. `expected` ends the sentence "it
 * should be …"; what has `secret` is never printed.
 */
export const SETTINGS = Type.Object({
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8000,
    description: 'Port to listen on; 0 takes any that is free.',
    expected: 'a whole number from 0 to 65535',
  }),
  HOST: Type.String({
    pattern: /^[^\s/]+$/,
    default: '127.0.0.1',
    description: 'Address to listen on; 0.0.0.0 or :: for all of them.',
    expected: 'an address or a host name, without a port',
  }),
  DATABASE_URL: Type.Optional(
    Type.Refine(
      Type.String({
        description: 'PostgreSQL 15 or newer to use. Unset, Freshchair starts one of its own on DATA_DIR.',
        expected: 'a URL like postgresql://user:password@host:5432/database',
        secret: true,
      }),
      (url) => isUrl(url, ['postgres:', 'postgresql:']),
    ),
  ),
  DATA_DIR: Type.String({
    default: './data',
    description: 'Folder for the data of the embedded PostgreSQL; not used with DATABASE_URL.',
    expected: 'the path of a folder',
  }),
  REDIS_URL: Type.Optional(
    Type.Refine(
      Type.String({
        description:
          'Redis (6.2 or newer) or Valkey to cache in between processes, and to count limits in: one server, a Sentinel group or a Cluster. Unset, each process has its own cache.',
        expected:
          'a URL like redis://user:password@host:6379/0, rediss://… (TLS), redis+sentinel://host,host/group or redis+cluster://host,host',
        secret: true,
      }),
      (url) => parseRedisUrl(url) !== undefined,
    ),
  ),
  CACHE_AVAILABLE_SLOTS_TTL: lifetime(300, 'a day of a barber'),
  CACHE_BARBER_AVAILABILITY_TTL: lifetime(3600, "a barber's hours, overrides and time off"),
  CACHE_BUSINESS_HOURS_TTL: lifetime(86_400, "a shop's settings, opening hours, closures and services"),
  ADMIN_EMAIL: Type.String({
    format: 'email',
    maxLength: 254,
    default: 'admin@example.com',
    description: 'Login of the first administrator, made at start where there is none.',
    expected: 'an e-mail address',
  }),
  ADMIN_PASSWORD: Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 128,
      description: 'Password of the first administrator. Unset, one is made up and printed once.',
      expected: '8 to 128 characters long',
      secret: true,
    }),
  ),
  SEED_DEMO: Type.Boolean({
    description:
      'Fill an empty database with the demo shop; otherwise it gets one empty shop, `main`. Unset: true with the embedded PostgreSQL, false with DATABASE_URL.',
    expected: 'true or false',
  }),
  RATE_LIMIT: Type.Enum(['on', 'off'], {
    default: 'on',
    description: 'Limits per visitor; `off` behind a gateway that limits by itself, and in load tests.',
    expected: 'on or off',
  }),
  SMTP_URL: Type.Optional(
    Type.Refine(
      Type.String({
        description: 'Mail server to send through. Unset, mails are written to the log.',
        expected: 'a URL like smtps://user:password@mail.example.com or smtp://127.0.0.1:25',
        secret: true,
      }),
      (url) => isUrl(url, ['smtp:', 'smtps:']) && new URL(url).hostname !== '',
    ),
  ),
  MAIL_FROM: Type.Refine(
    Type.String({
      default: 'Freshchair <freshchair@localhost>',
      description: 'Sender of all mails; with SMTP_URL, an address that its server lets us use.',
      expected: 'an address like bookings@example.com, or Shop <bookings@example.com>',
    }),
    (text) => mailboxOf(text) !== undefined,
  ),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'Least important events to log; `debug` also shows the stack of a failed start.',
    expected: 'fatal, error, warn, info, debug, trace or silent',
  }),
  METRICS_TOKEN: Type.Optional(
    Type.String({
      minLength: 16,
      maxLength: 512,
      pattern: /^[\x21-\x7e]+$/,
      description:
        'Who sends it as `Authorization: Bearer …` may read /metrics, as Prometheus does. Unset, administrators only.',
      expected: '16 to 512 characters long, without spaces',
      secret: true,
    }),
  ),
  TRUST_PROXY: Type.Refine(
    Type.String({
      default: 'false',
      description:
        'Whose X-Forwarded-* headers are believed: `false` nobody’s, `true` everybody’s (only behind a proxy that sets them), or the addresses of the proxies, separated by commas.',
      expected:
        'true, false, or addresses like 10.0.0.0/8,::1 (loopback, linklocal and uniquelocal have names)',
    }),
    isTrustedProxies,
  ),
  PUBLIC_URL: Type.Optional(
    Type.Refine(
      Type.String({
        description:
          'Where people reach this server, when that is not where it listens; mails have links only with it.',
        expected: 'a URL like https://book.example.com',
      }),
      (url) => isUrl(url, ['http:', 'https:']),
    ),
  ),
});

export type Config = Readonly<Static<typeof SETTINGS>>;

/** The settings are wrong; `message` lists every fault and prints no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The configuration that these variables make, defaults filled in. An empty variable counts as unset. `givenAs` says
 * by which name somebody knows a setting that did not come from the environment (`{ ADMIN_EMAIL: '--email' }`).
 *
 * @throws ConfigError with all faults in one message
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  givenAs: Readonly<Record<string, string>> = {},
): Config {
  const values: Record<string, unknown> = { SEED_DEMO: !env.DATABASE_URL };
  const faults: string[] = [];
  for (const [name, schema] of Object.entries(SETTINGS.properties)) {
    const given = env[name];
    if (!given) continue;
    values[name] = read(schema, given);
    if (!Value.Check(schema, values[name])) {
      faults.push(describeFault(givenAs[name] ?? name, schema, given));
    }
  }
  if (faults.length > 0) {
    const title = faults.length === 1 ? 'A setting is wrong' : `${faults.length} settings are wrong`;
    throw new ConfigError([`${title}:`, ...faults].join('\n'));
  }
  return Value.Parse(SETTINGS, Value.Default(SETTINGS, values));
}

/** Text that does not have the form is left as it is, for the schema to refuse. */
function read(schema: TSchema, text: string): unknown {
  if (Type.IsInteger(schema)) return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (Type.IsBoolean(schema)) return text === 'true' || (text === 'false' ? false : text);
  return text;
}

function describeFault(
  name: string,
  schema: TSchema & { expected?: string; secret?: boolean },
  given: string,
) {
  const shown = schema.secret ? 'its value (not shown here)' : JSON.stringify(given);
  return `  ${name}: ${shown} should be ${schema.expected}.`;
}

/** The name (empty where there is none) and the address in `Name <address>` or `address`. */
export function mailboxOf(text: string): { readonly name: string; readonly address: string } | undefined {
  const { name = '', address = text } =
    /^(?<name>[^\p{Cc}"<>]*?) *<(?<address>[^<>]*)>$/u.exec(text)?.groups ?? {};
  return IsEmail(address) && address.length <= 254 ? { name, address } : undefined;
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

/** As proxy-addr takes them, which Fastify asks: https://github.com/jshttp/proxy-addr#proxyaddrcompileval */
function isTrustedProxies(text: string): boolean {
  if (text === 'true' || text === 'false') return true;
  return text.split(',').every((item) => {
    const [address = '', prefix, ...rest] = item.trim().split('/');
    if (['loopback', 'linklocal', 'uniquelocal'].includes(address)) return prefix === undefined;
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (bits < 0 || rest.length > 0) return false;
    return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) > 0 && Number(prefix) <= bits);
  });
}
