import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../../src/cli/doctor/settings/check.ts';
import { isOwnMachine, isPrivate } from '../../../src/cli/doctor/settings/hosts.ts';
import { judgeNames } from '../../../src/cli/doctor/settings/names.ts';
import type { Environment } from '../../../src/cli/environment.ts';
import { loadConfig, SETTINGS } from '../../../src/config.ts';
import { createLogger } from '../../../src/log.ts';
import { of, those, withoutFix } from './verdicts.ts';

type Env = Readonly<Record<string, string>>;

const MAIL = { SMTP_URL: 'smtps://u:hunter2@mail.example', MAIL_FROM: 'bookings@shop.example' };
const PUBLIC = { HOST: '0.0.0.0', PUBLIC_URL: 'https://book.example', TRUST_PROXY: '10.0.0.1' };

function check(env: Env) {
  const read = (): Environment => ({ config: loadConfig(env), log: createLogger('silent') });
  return checkSettings(read, env);
}

describe('settings', () => {
  it('that are right are said to be so', () => {
    expect(check({ ...MAIL, ...PUBLIC }).found).toEqual([
      { check: 'all', verdict: 'ok', message: 'Every setting is right, and none contradicts another.' },
    ]);
  });

  it('that are wrong are listed all at once, each with its name', () => {
    const { found, config } = check({ PORT: 'http', RATE_LIMIT: 'maybe', SMTP_URL: 'hunter2' });
    expect(config).toBeUndefined();
    expect(those('problem', found).sort()).toEqual(['PORT', 'RATE_LIMIT', 'SMTP_URL']);
    expect(of('PORT', found).message).toBe('"http" should be a whole number from 0 to 65535.');
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it.each<[string, string, Env]>([
    ['passwords travel in clear', 'PUBLIC_URL', { HOST: '0.0.0.0', PUBLIC_URL: 'http://book.example' }],
    ['others reach it, and it does not know its address', 'PUBLIC_URL', { HOST: '0.0.0.0' }],
    ['all visitors look like the proxy', 'TRUST_PROXY', { PUBLIC_URL: 'https://book.example' }],
    ['anybody may pretend to be a proxy', 'TRUST_PROXY', { ...PUBLIC, TRUST_PROXY: 'true' }],
    [
      'nothing limits who guesses passwords',
      'RATE_LIMIT',
      { ...PUBLIC, TRUST_PROXY: 'false', PUBLIC_URL: 'http://localhost', RATE_LIMIT: 'off' },
    ],
    ['days are kept for a moment', 'CACHE_AVAILABLE_SLOTS_TTL', { CACHE_AVAILABLE_SLOTS_TTL: '2' }],
    ['what changes often is kept for longer', 'CACHE_*_TTL', { CACHE_AVAILABLE_SLOTS_TTL: '7200' }],
    ['mails come from nowhere', 'MAIL_FROM', { MAIL_FROM: 'Freshchair <freshchair@localhost>' }],
    ['bookings travel in clear', 'DATABASE_URL', { DATABASE_URL: 'postgresql://me:hunter2@db.example/shop' }],
    [
      'an empty database gets the demo',
      'SEED_DEMO',
      { DATABASE_URL: 'postgresql://db/shop', SEED_DEMO: 'true' },
    ],
    ['nothing is written down', 'LOG_LEVEL', { LOG_LEVEL: 'silent' }],
  ])('warn when %s', (_, name, env) => {
    const { found } = check({ ...MAIL, ...env });
    expect(those('warning', found)).toEqual([name]);
    expect(withoutFix(found)).toEqual([]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('warn when mails go to the log', () => {
    expect(those('warning', check(PUBLIC).found)).toEqual(['SMTP_URL']);
  });

  it.each([
    'postgresql://me@db.example/shop?sslmode=verify-full',
    'postgresql://me@10.1.2.3/shop',
    'postgresql://me@postgres/shop',
    'postgresql://me@[fd00::1]/shop',
    'postgresql://me@localhost/shop?host=/run/postgresql',
  ])('are content with %s', (DATABASE_URL) => {
    expect(those('warning', check({ ...MAIL, DATABASE_URL }).found)).toEqual([]);
  });
});

describe('a variable that is nearly a setting', () => {
  const settings = Object.keys(SETTINGS.properties);

  it('is told from what was meant', () => {
    expect(judgeNames(['REDIS_URI', 'DATABSE_URL', 'PATH', 'HOME'], settings)).toMatchObject([
      { check: 'REDIS_URI', fix: 'Did you mean REDIS_URL?' },
      { check: 'DATABSE_URL', fix: 'Did you mean DATABASE_URL?' },
    ]);
  });

  it('has a letter left out, put in or exchanged, wherever that is', () => {
    const long = settings.filter((name) => name.length > 8);
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.nat(), fc.constantFrom('', 'XY', 'X'), (name, place, put) => {
        const at = place % name.length;
        const wrong = name.slice(0, at) + put + name.slice(at + 1);
        fc.pre(!settings.includes(wrong));
        expect(judgeNames([wrong], settings)).toHaveLength(1);
      }),
    );
  });
});

describe('hosts', () => {
  it.each([
    ['127.0.0.1', true, true],
    ['localhost', true, true],
    ['[::1]', true, true],
    ['192.168.1.4', false, true],
    ['172.32.0.1', false, false],
    ['db', false, true],
    ['db.example', false, false],
    ['0.0.0.0', false, false],
    ['2001:db8::1', false, false],
  ])('%s', (host, own, isolated) => {
    expect([isOwnMachine(host), isPrivate(host)]).toEqual([own, isolated]);
  });
});
