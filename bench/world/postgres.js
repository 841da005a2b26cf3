import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../dist/database/connection.js';
import { startEmbeddedPostgres } from '../../dist/database/embedded.js';
import { migrate } from '../../dist/database/migrate.js';

/**
 * A Postgres of its own in a temporary folder, for the whole run.
 *
 * @returns `open(name)`, which makes a migrated database and connects to it; its `drop` takes it away again
 */
export async function startPostgres() {
  const directory = await mkdtemp(join(tmpdir(), 'freshchair-bench-'));
  const opened = [() => rm(directory, { recursive: true, force: true })];
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one();
  };
  try {
    // mkdtemp lets nobody else in; as root, the server runs as somebody else.
    await chmod(directory, 0o755);
    const postgres = await startEmbeddedPostgres({
      dataDir: join(directory, 'data'),
      log: { info: () => {}, warn: console.warn },
      sharedDir: join(directory, 'shared'),
    });
    opened.push(postgres.close);
    const first = openDatabase(postgres.connectionString, { max: 1 });
    opened.push(first.close);
    const { rows } = await first.pool.query('show server_version');
    const open = (name) => openNew(postgres.connectionString, first, name);
    return { directory, version: rows[0].server_version, open, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openNew(serverUrl, first, name) {
  await first.pool.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const connectionString = url.href;
  await migrate(connectionString);
  const database = openDatabase(connectionString);
  const drop = async () => {
    await database.close();
    await first.pool.query(`drop database ${name} with (force)`);
  };
  return { ...database, connectionString, drop };
}
