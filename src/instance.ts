import { hostname } from 'node:os';

/** What this process is called among others: with the port, where it has one, the same after a restart. */
export function instanceName(port?: number): string {
  return `${hostname()}:${port === undefined || port === 0 ? process.pid : port}`;
}
