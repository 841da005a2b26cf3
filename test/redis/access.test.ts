import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openRedis } from '../../src/redis/redis.ts';
import { freePort } from '../support/ports.ts';
import { startRedisServer } from '../support/redis-server.ts';

const run = promisify(execFile);
const BUILT = new URL('../../dist/redis/redis.js', import.meta.url).href;
const file = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
const CERTIFICATE = file('server.crt');

/** What a connection to this address says of itself once it was tried. */
async function tryOut(url: string): Promise<{ isAvailable: boolean; messages: string[] }> {
  const messages: string[] = [];
  const hear = (...args: unknown[]) => void messages.push(inspect(args, { depth: 9 }));
  const redis = openRedis({ url, log: { info: hear, warn: hear } });
  await redis.tried();
  const isAvailable = redis.isAvailable();
  await redis.close();
  return { isAvailable, messages };
}

test('a password is sent, and a wrong one is never shown', async () => {
  const server = await startRedisServer({ args: ['--requirepass', 's@cret/1'] });
  const at = (login: string) => `redis://${login}127.0.0.1:${server.port}`;
  expect(await tryOut(at(':s%40cret%2F1@'))).toMatchObject({ isAvailable: true });
  const wrong = await tryOut(at(':gue55ed@'));
  expect(wrong.isAvailable).toBe(false);
  expect(wrong.messages.join()).not.toContain('gue55ed');
  expect((await tryOut(at(''))).isAvailable).toBe(false);
  await server.stop();
});

test('a user with rights to our keys and commands alone is enough', async () => {
  const rights = [
    'on',
    '>pw',
    '~fc:*',
    '+@read',
    '+@write',
    '+@scripting',
    '+@connection',
    '+info',
    '+unlink',
  ];
  const server = await startRedisServer({ args: ['--user', 'shop', ...rights] });
  const url = `redis://shop:pw@127.0.0.1:${server.port}`;
  expect(await tryOut(url)).toMatchObject({ isAvailable: true });
  await server.stop();
});

test('a user who may not run scripts is not enough', async () => {
  const rights = ['on', '>pw', '~fc:*', '+@all', '-@scripting'];
  const server = await startRedisServer({ args: ['--user', 'shop', ...rights] });
  const { isAvailable, messages } = await tryOut(`redis://shop:pw@127.0.0.1:${server.port}`);
  expect(isAvailable).toBe(false);
  expect(messages.join()).toContain('NOPERM');
  await server.stop();
});

test('over TLS the certificate has to be one that is trusted', async () => {
  const port = await freePort();
  const tls = ['--tls-cert-file', CERTIFICATE, '--tls-key-file', file('server.key')];
  const server = await startRedisServer({
    args: ['--tls-port', String(port), ...tls, '--tls-auth-clients', 'no'],
  });
  const url = `rediss://127.0.0.1:${port}`;
  expect((await tryOut(url)).isAvailable).toBe(false);
  const program = `
    const { openRedis } = await import(${JSON.stringify(BUILT)});
    const redis = openRedis({ url: ${JSON.stringify(url)}, log: { info() {}, warn: console.error } });
    await redis.tried();
    console.log(redis.isAvailable());
    await redis.close();`;
  // Node reads this when it starts.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: CERTIFICATE };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { env });
  expect(stdout.trim()).toBe('true');
  await server.stop();
});
