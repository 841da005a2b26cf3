import type { Config } from '../../../config.ts';
import { type Judgement, ok, warning } from '../finding.ts';
import { isOwnMachine, isPrivate } from './hosts.ts';

/** What is right by itself, and wrong together. */
export function judgeSettings(config: Config): Judgement[] {
  const found = [
    ...judgeAddress(config),
    ...judgeLimits(config),
    ...judgeLifetimes(config),
    ...judgeMail(config),
    ...judgeDatabase(config),
    ...judgeLog(config),
  ];
  return found.length > 0 ? found : [ok('all', 'Every setting is right, and none contradicts another.')];
}

function judgeAddress({ PUBLIC_URL, TRUST_PROXY, HOST }: Config): Judgement[] {
  const found: Judgement[] = [];
  const address = PUBLIC_URL === undefined ? undefined : new URL(PUBLIC_URL);
  if (address?.protocol === 'http:' && !isOwnMachine(address.hostname)) {
    found.push(
      warning(
        'PUBLIC_URL',
        'Passwords and sessions travel in clear: it begins with http.',
        'Let a proxy speak TLS, and set PUBLIC_URL to https://…',
      ),
    );
  }
  if (address?.protocol === 'https:' && TRUST_PROXY === 'false') {
    found.push(
      warning(
        'TRUST_PROXY',
        'PUBLIC_URL is https, so a proxy stands before this server; to the limits all its visitors are one.',
        'Set TRUST_PROXY to the address of the proxy.',
      ),
    );
  }
  if (TRUST_PROXY === 'true' && !isOwnMachine(HOST)) {
    found.push(
      warning(
        'TRUST_PROXY',
        `Whoever reaches ${HOST} directly may pretend to be anybody to the limits.`,
        'Set TRUST_PROXY to the addresses of the proxies, or HOST to one that only they reach.',
      ),
    );
  }
  if (!isOwnMachine(HOST) && PUBLIC_URL === undefined) {
    found.push(
      warning(
        'PUBLIC_URL',
        'Others reach this server, and it does not know under which address: mails carry no links.',
        'Set PUBLIC_URL to the address that people see.',
      ),
    );
  }
  return found;
}

function judgeLimits({ RATE_LIMIT, HOST, TRUST_PROXY }: Config): Judgement[] {
  if (RATE_LIMIT === 'on' || isOwnMachine(HOST) || TRUST_PROXY !== 'false') return [];
  return [
    warning(
      'RATE_LIMIT',
      'Passwords may be guessed and calendars be filled as fast as anybody likes.',
      'Set RATE_LIMIT to on, unless a gateway limits by itself.',
    ),
  ];
}

/** Seconds. Below this most of what is read in a quiet hour is loaded each time. */
const SHORT = 30;

function judgeLifetimes(config: Config): Judgement[] {
  const { CACHE_AVAILABLE_SLOTS_TTL: days, CACHE_BARBER_AVAILABILITY_TTL: schedules } = config;
  const found: Judgement[] = [];
  for (const name of [
    'CACHE_AVAILABLE_SLOTS_TTL',
    'CACHE_BARBER_AVAILABILITY_TTL',
    'CACHE_BUSINESS_HOURS_TTL',
  ] as const) {
    if (config[name] >= SHORT) continue;
    found.push(
      warning(
        name,
        `Values are kept for ${config[name]} s only, so most reads load; freshness does not need that.`,
        `Set ${name} to ${SHORT} or more: the default is a good start.`,
      ),
    );
  }
  if (schedules > config.CACHE_BUSINESS_HOURS_TTL || days > schedules) {
    found.push(
      warning(
        'CACHE_*_TTL',
        'What changes often is kept for longer than what changes seldom.',
        'Let CACHE_AVAILABLE_SLOTS_TTL ≤ CACHE_BARBER_AVAILABILITY_TTL ≤ CACHE_BUSINESS_HOURS_TTL.',
      ),
    );
  }
  return found;
}

function judgeMail({ SMTP_URL, MAIL_FROM }: Config): Judgement[] {
  if (SMTP_URL === undefined) {
    return [
      warning(
        'SMTP_URL',
        'Mails are written to the log and sent to nobody: no invitation and no new password arrives.',
        'Set SMTP_URL, and MAIL_FROM to an address that its server lets us use.',
      ),
    ];
  }
  if (!MAIL_FROM.includes('@localhost')) return [];
  return [
    warning(
      'MAIL_FROM',
      'Mails are sent from localhost, which other mail servers do not take.',
      'Set MAIL_FROM to an address that the server of SMTP_URL lets us use.',
    ),
  ];
}

function judgeDatabase({ DATABASE_URL, SEED_DEMO }: Config): Judgement[] {
  if (DATABASE_URL === undefined) return [];
  const { hostname, searchParams } = new URL(DATABASE_URL);
  const found: Judgement[] = [];
  const host = searchParams.get('host') ?? hostname;
  const encrypts = ['sslmode', 'ssl'].some(
    (name) => !['disable', 'false', ''].includes(searchParams.get(name) ?? ''),
  );
  if (!encrypts && !host.startsWith('/') && !isPrivate(host)) {
    found.push(
      warning(
        'DATABASE_URL',
        'Bookings and names travel to Postgres in clear, through a public network.',
        'Add ?sslmode=verify-full to DATABASE_URL.',
      ),
    );
  }
  if (SEED_DEMO) {
    found.push(
      warning(
        'SEED_DEMO',
        'Should this database be empty, it is filled with the demo shop.',
        'Unset SEED_DEMO, unless that is wanted.',
      ),
    );
  }
  return found;
}

function judgeLog({ LOG_LEVEL }: Config): Judgement[] {
  if (!['silent', 'fatal'].includes(LOG_LEVEL)) return [];
  return [
    warning('LOG_LEVEL', 'Nothing of what goes wrong is written down.', 'Set LOG_LEVEL to info or warn.'),
  ];
}
