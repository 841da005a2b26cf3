import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { databaseUrl } from './database-url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, as a role that may create databases. */
    postgresUrl: string;
    /** A migrated, empty database that nobody connects to, so that it can be cloned. */
    templateDatabase: string;
  }
}

/** One Postgres for the whole run: an embedded one without fsync, or the one in TEST_DATABASE_URL. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `freshchair_template_${process.pid}`;
  try {
    await onServer(server.url, `drop database if exists ${template}`, `create database ${template}`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  provide('postgresUrl', server.url);
  provide('templateDatabase', template);
  return async () => {
    await onServer(server.url, `drop database if exists ${template} with (force)`).finally(server.stop);
  };
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'freshchair-test-'));
  // mkdtemp lets nobody else in; as root, the server runs as somebody else.
  await chmod(dataDir, 0o755);
  const log = { info: () => {}, warn: console.warn };
  const server = await startEmbeddedPostgres({
    dataDir,
    log,
    durable: false,
    sharedDir: join(dataDir, 'shared'),
  });
  const stop = async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.connectionString, stop };
}

async function onServer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
