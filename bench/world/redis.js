import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export class NoRedis extends Error {
  name = 'NoRedis';

  constructor(options) {
    super(
      'Redis is needed to compare with: install it (Debian: apt-get install redis-server; macOS: brew install redis), ' +
        'so that "redis-server" is on the PATH.',
      options,
    );
  }
}

/**
 * A Redis of its own on a free port of the loopback, that writes nothing to disk.
 *
 * @param {string} directory that it starts in
 */
export async function startRedis(directory) {
  const port = await freePort();
  const settings = [
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    directory,
  ];
  const server = spawn('redis-server', settings.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => {
    server.once('error', resolve);
    server.once('exit', () => resolve(new Error('redis-server ended by itself')));
  });
  const lines = createInterface({ input: server.stdout });
  const ready = new Promise((resolve) => {
    lines.on('line', (line) => /ready to accept connections/i.test(line) && resolve());
  });
  const failure = await Promise.race([ready, ended]);
  if (failure !== undefined) throw failure.code === 'ENOENT' ? new NoRedis({ cause: failure }) : failure;
  return {
    url: `redis://127.0.0.1:${port}`,
    async close() {
      server.kill();
      await ended;
    },
  };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
