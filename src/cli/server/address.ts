import type { Config } from '../../config.ts';
import { CommandError } from '../failure.ts';

/** Where the server is, without a slash at the end. */
export function serverAddress(
  given: string | undefined,
  config: Pick<Config, 'HOST' | 'PORT'>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const named = given ?? env.FRESHCHAIR_URL;
  if (!named) return listeningAddress(config);
  const by = given === undefined ? 'FRESHCHAIR_URL' : '--url';
  const url = URL.canParse(named) ? new URL(named) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new CommandError(`${by} should be a URL like http://127.0.0.1:8000.`);
  // A password there would be shown by every sentence that names the server.
  if (url.username !== '' || url.password !== '')
    throw new CommandError(`${by} should be a URL without a login: FRESHCHAIR_API_KEY is for that.`);
  return url.href.replace(/\/$/, '');
}

/** Of a server that was started with these settings. */
export function listeningAddress({ HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): string {
  if (PORT === 0)
    throw new CommandError('PORT is 0, which says nothing of where the server listens: say so with --url.');
  // Who listens on all addresses is found on this one.
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}
