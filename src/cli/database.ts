import { openPostgres, type Postgres } from '../postgres.ts';
import type { Environment } from './environment.ts';

/** Runs `work` on the Postgres of the settings, and closes it afterwards. */
export async function withPostgres<T>(
  { config, log }: Environment,
  work: (postgres: Postgres) => Promise<T>,
): Promise<T> {
  const postgres = await openPostgres(config, log);
  try {
    return await work(postgres);
  } finally {
    await postgres.close();
  }
}
