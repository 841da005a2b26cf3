import pg from 'pg';
import { readMigrations } from '../../../database/migration-files.ts';
import { explain } from '../../failure.ts';
import { type Judgement, problem } from '../finding.ts';
import { judgePassage, judgePostgres } from './judge.ts';
import { measurePostgres } from './measure.ts';
import { judgeMigrations } from './migrations.ts';
import { measurePassage } from './passage.ts';

const CONNECT_LIMIT_MS = 5_000;
const STATEMENT_LIMIT_MS = 10_000;

export async function checkPostgres(connectionString: string): Promise<Judgement[]> {
  const clients = [0, 1].map(() => createClient(connectionString));
  const [client, other] = clients;
  if (client === undefined || other === undefined) return [];
  try {
    await client.connect();
    const facts = await measurePostgres(client);
    const migrations = judgeMigrations(await readMigrations(), facts.applied);
    await other.connect();
    const passage = judgePassage(await measurePassage(client, other));
    return [...judgePostgres(facts), migrations, ...passage];
  } catch (error) {
    const [message = '', fix = 'Look into the log of Postgres.'] = explain(error).split(/: (?=check )/);
    return [problem('connection', message.replace(/\.?$/, '.'), capital(fix))];
  } finally {
    await Promise.allSettled(clients.map((one) => one.end()));
  }
}

function createClient(connectionString: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: 'freshchair doctor',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: STATEMENT_LIMIT_MS,
  });
  // Whoever asks it gets the error.
  client.on('error', () => {});
  return client;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
