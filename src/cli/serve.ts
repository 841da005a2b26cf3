import { Command } from 'commander';
import type { Server } from '../main.ts';
import { readEnvironment } from './environment.ts';
import { stopSignal } from './stop-signal.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('start the server (what "npm start" does)')
    .addHelpText(
      'after',
      `
Without DATABASE_URL it starts a PostgreSQL of its own on DATA_DIR. It migrates the database, and fills an empty
one with a shop and an administrator. Ctrl-C stops everything it started; a second one does not wait.

Settings, of which docs/configuration.md says more:
  PORT, HOST                      where to listen (8000, 127.0.0.1)
  DATABASE_URL, DATA_DIR          the database (unset: an embedded one in ./data)
  ADMIN_EMAIL, ADMIN_PASSWORD     the first administrator
  SEED_DEMO                       whether an empty database gets the demo shop
  SMTP_URL, MAIL_FROM             how mails are sent (unset: they are written to the log)`,
    )
    .action(serve);
}

async function serve(): Promise<void> {
  const { config, log } = readEnvironment();
  let stopping = false;
  const asked = stopSignal().finally(() => {
    stopping = true;
    console.log('Stopping …');
  });
  // It may be asked while it starts; the fault of a rejection is looked at below.
  asked.catch(() => {});
  const { startServer } = await import('../main.ts');
  const server = await startServer(config, { log }).catch((error: unknown) => {
    // Ctrl-C also ends what it has just started, initdb for one.
    if (!stopping) throw error;
  });
  if (server !== undefined && !stopping) console.log(welcome(server, config.PUBLIC_URL));
  try {
    await asked;
  } catch (err) {
    log.fatal({ err }, 'A fault that nothing caught: stopping');
    process.exitCode = 1;
  }
  await server?.close();
  console.log('Stopped.');
}

function welcome({ url, home, administrator }: Server, publicUrl: string | undefined): string {
  const address = (publicUrl ?? url).replace(/\/$/, '');
  const { email, generatedPassword } = administrator;
  const password =
    generatedPassword === undefined
      ? 'as chosen (a new one: npx freshchair create-admin)'
      : `${generatedPassword} (made up just now, and shown only here)`;
  return `
  Freshchair is open.

    Address         ${address}
    API             ${address}/docs
    Administrator   ${email}
    Password        ${password}
    Data            ${home ?? 'in the PostgreSQL of DATABASE_URL'}

  Ctrl-C stops it.
`;
}
