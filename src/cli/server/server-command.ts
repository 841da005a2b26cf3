import { Command } from 'commander';

/** How the server is reached, and as whom. */
export interface ServerOptions {
  readonly url?: string;
  readonly email?: string;
  readonly shop?: string;
  readonly json?: boolean;
}

/** A command that asks a server that is running. */
export function serverCommand(name: string, about: string): Command {
  return new Command(name)
    .description(about)
    .option('--url <url>', 'the server (default: FRESHCHAIR_URL, else http://127.0.0.1:PORT)')
    .option('--email <address>', 'sign in as this administrator (default: ADMIN_EMAIL)')
    .option('--shop <slug>', 'which shop is meant (default: the first one)')
    .option('--json', 'print what the server answers, as it is, for programs');
}

export const AUTHENTICATION_HELP = `
These commands ask the server that is running, over HTTP, as an administrator of the shop:
with the API key in FRESHCHAIR_API_KEY, else with ADMIN_EMAIL and ADMIN_PASSWORD, else with a
password that is asked for. All of it may stand in .env. With --email the password is asked for.

To make a key: sign in, and ask for one with the token of the answer (it is shown only then).
  curl $URL/api/auth/sign-in/email -H 'content-type: application/json' \\
    -d '{"email":"admin@example.com","password":"…"}'
  curl $URL/api/auth/api-key/create -H 'content-type: application/json' \\
    -H 'authorization: Bearer <token>' -d '{"name":"cache"}'
It can do what its owner can. A new password of the owner ends it.

They end with 0, or with 1 and a sentence on standard error; "cache health" tells more by it.`;
