import { readFile } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { ConfigError, loadConfig, mailboxOf, SETTINGS } from '../src/config.ts';

function faultsOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('the settings', () => {
  it('have a default each, or may be absent', () => {
    expect(loadConfig({})).toEqual({
      PORT: 8000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      CACHE_AVAILABLE_SLOTS_TTL: 300,
      CACHE_BARBER_AVAILABILITY_TTL: 3600,
      CACHE_BUSINESS_HOURS_TTL: 86_400,
      ADMIN_EMAIL: 'admin@example.com',
      SEED_DEMO: true,
      RATE_LIMIT: 'on',
      MAIL_FROM: 'Freshchair <freshchair@localhost>',
      LOG_LEVEL: 'info',
      TRUST_PROXY: 'false',
    });
  });

  it('are taken from the environment', () => {
    const env = {
      PORT: '0',
      HOST: '::1',
      DATABASE_URL: 'postgres://me@localhost/shop',
      DATA_DIR: '/srv/data',
      CACHE_AVAILABLE_SLOTS_TTL: '1',
      ADMIN_EMAIL: 'boss@shop.example',
      ADMIN_PASSWORD: 'long enough',
      RATE_LIMIT: 'off',
      SMTP_URL: 'smtps://me:secret@mail.example.com:465?tls.rejectUnauthorized=false',
      MAIL_FROM: 'bookings@example.com',
      LOG_LEVEL: 'silent',
      PUBLIC_URL: 'https://book.example.com',
    };
    expect(loadConfig(env)).toMatchObject({ ...env, PORT: 0, CACHE_AVAILABLE_SLOTS_TTL: 1 });
  });

  it('count as unset when empty', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS.properties).map((name) => [name, '']));
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it('fill an empty database with the demo shop only where it is our own, unless told', () => {
    const DATABASE_URL = 'postgresql://localhost/shop';
    expect(loadConfig({ DATABASE_URL }).SEED_DEMO).toBe(false);
    expect(loadConfig({ DATABASE_URL, SEED_DEMO: 'true' }).SEED_DEMO).toBe(true);
    expect(loadConfig({ DATABASE_URL: '', SEED_DEMO: 'false' }).SEED_DEMO).toBe(false);
  });

  it('are refused all at once, each with its name, what was given and what it should be', () => {
    const wrong = {
      PORT: '65536',
      HOST: 'http://here',
      DATABASE_URL: 'mysql://me:hunter2@localhost/shop',
      CACHE_AVAILABLE_SLOTS_TTL: '0',
      CACHE_BARBER_AVAILABILITY_TTL: '1.5',
      CACHE_BUSINESS_HOURS_TTL: '86401',
      ADMIN_EMAIL: 'boss',
      ADMIN_PASSWORD: 'secret7',
      SEED_DEMO: 'yes',
      RATE_LIMIT: 'none',
      SMTP_URL: 'http://me:hunter2@mail.example.com',
      MAIL_FROM: 'Bob, bookings@example.com',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: 'somebody',
      PUBLIC_URL: 'book.example.com',
    };
    const message = faultsOf(wrong);
    expect(message.split('\n')).toHaveLength(1 + Object.keys(wrong).length);
    expect(message).toContain(
      '15 settings are wrong:\n  PORT: "65536" should be a whole number from 0 to 65535.',
    );
    expect(message).toContain(
      'CACHE_BARBER_AVAILABILITY_TTL: "1.5" should be a whole number of seconds from 1 to 86400.',
    );
  });

  it('never show a secret that was refused', () => {
    const message = faultsOf({
      DATABASE_URL: 'mysql://me:hunter2@localhost/shop',
      ADMIN_PASSWORD: 'secret7',
      SMTP_URL: 'smtp://me:hunter2@',
    });
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('secret7');
    expect(message).toContain(
      'ADMIN_PASSWORD: its value (not shown here) should be 8 to 128 characters long.',
    );
  });

  it.each(['abc', '-1', '8e3', '0x10', ' 80', '9'.repeat(400)])('do not take %j for a port', (PORT) => {
    expect(faultsOf({ PORT })).toMatch(/^A setting is wrong:\n {2}PORT: /);
  });

  it.each(['true', 'false', '10.0.0.1', '10.0.0.0/8, ::1', 'loopback,uniquelocal'])(
    'trust %s as proxies',
    (TRUST_PROXY) => expect(loadConfig({ TRUST_PROXY }).TRUST_PROXY).toBe(TRUST_PROXY),
  );

  it.each(['1', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/9', '::1/129', ',', 'loopback/8', 'TRUE'])(
    'do not trust %s as proxies',
    (TRUST_PROXY) => expect(faultsOf({ TRUST_PROXY })).toContain('TRUST_PROXY'),
  );

  it.each([
    ['bookings@example.com', { name: '', address: 'bookings@example.com' }],
    ['Main Street <bookings@example.com>', { name: 'Main Street', address: 'bookings@example.com' }],
    ['Añá, 理容店 <a@b.example>', { name: 'Añá, 理容店', address: 'a@b.example' }],
    ['<freshchair@localhost>', { name: '', address: 'freshchair@localhost' }],
  ])('take %s for a sender', (MAIL_FROM, mailbox) => {
    expect(mailboxOf(loadConfig({ MAIL_FROM }).MAIL_FROM)).toEqual(mailbox);
  });

  it.each([
    'Freshchair',
    'a@b.example, c@d.example',
    'Shop <a@b.example> <c@d.example>',
    'Shop\r\nBcc: c@d.example <a@b.example>',
    'Shop <a@b.example',
    `${'a'.repeat(250)}@b.example`,
  ])('do not take %j for a sender', (MAIL_FROM) => expect(faultsOf({ MAIL_FROM })).toContain('MAIL_FROM'));

  it('are each described, in the schema and so in the documentation', () => {
    for (const [name, schema] of Object.entries(SETTINGS.properties)) {
      expect(schema, name).toMatchObject({
        description: expect.stringMatching(/\.$/),
        expected: expect.any(String),
      });
    }
  });
});

test('docs/configuration.md lists every setting with its default, in the words of the schema', async () => {
  const page = await readFile('docs/configuration.md', 'utf8');
  const rows = Object.entries(SETTINGS.properties).map(([name, schema]) => {
    const { default: standard, description } = { default: undefined, description: '', ...schema };
    return `| \`${name}\` | ${standard === undefined ? '' : `\`${standard}\``} | ${description} |`;
  });
  expect(page.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});
