import { Command } from 'commander';
import { migrate } from '../database/migrate.ts';
import { withPostgres } from './database.ts';
import { readEnvironment } from './environment.ts';

interface CreateAdminOptions {
  readonly email: string | undefined;
  readonly password: string | undefined;
}

export function createAdminCommand(): Command {
  return new Command('create-admin')
    .description('make an administrator of all shops, or give one a new password')
    .option('--email <address>', 'login (default: ADMIN_EMAIL, else admin@example.com)')
    .option(
      '--password <password>',
      '8 to 128 characters (default: ADMIN_PASSWORD, else one is made up and printed)',
    )
    .addHelpText(
      'after',
      `
An account that has the address already becomes an administrator under the new password, and is signed out
everywhere. A password given as an option can be seen in the list of processes; ADMIN_PASSWORD cannot.

Settings: DATABASE_URL, or DATA_DIR for the embedded Postgres (with the server stopped).`,
    )
    .action((options: CreateAdminOptions) => createAdmin(options));
}

async function createAdmin({ email, password }: CreateAdminOptions): Promise<void> {
  const environment = readEnvironment([
    { option: '--email', setting: 'ADMIN_EMAIL', value: email },
    { option: '--password', setting: 'ADMIN_PASSWORD', value: password },
  ]);
  const { config, log } = environment;
  const made = await withPostgres(environment, async ({ connectionString, db }) => {
    await migrate(connectionString);
    const { openAccounts } = await import('../main.ts');
    const { createAdministrator } = await import('../auth/administrator.ts');
    const accounts = await openAccounts(config, db, log);
    return createAdministrator({ db, accounts, email: config.ADMIN_EMAIL, password: config.ADMIN_PASSWORD });
  });
  console.log(`${made.email} is an administrator of all shops.`);
  if (made.generatedPassword !== undefined) {
    console.log(`Password: ${made.generatedPassword} (made up just now, and shown only here)`);
  }
}
