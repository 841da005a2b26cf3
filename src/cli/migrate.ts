import { Command } from 'commander';
import { migrate } from '../database/migrate.ts';
import { withPostgres } from './database.ts';
import { readEnvironment } from './environment.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the state that this version needs')
    .addHelpText(
      'after',
      `
The server does this by itself when it starts; a deployment may want to do it before.
Any number of processes may do it at once: one works, the others wait for it.

Settings: DATABASE_URL, or DATA_DIR for the embedded Postgres (with the server stopped).`,
    )
    .action(async () => {
      await withPostgres(readEnvironment(), async ({ connectionString }) => {
        const applied = await migrate(connectionString);
        console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
      });
    });
}
