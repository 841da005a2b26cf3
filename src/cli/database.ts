import { openPostgres, type Postgres } from '../postgres.ts';
import type { Environment } from './environment.ts';

/** Runs `work` on the Postgres of the settings, and closes it afterwards. Of one of our own it says where the data is. */
export async function withPostgres<T>(
  { config, log }: Environment,
  work: (postgres: Postgres) => Promise<T>,
): Promise<T> {
  const postgres = await openPostgres(config, log);
  if (postgres.home !== undefined) console.log(`The data is in ${postgres.home}.`);
  try {
    return await work(postgres);
  } finally {
    await postgres.close();
  }
}
