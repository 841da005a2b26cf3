import { useEffect, useState } from 'preact/hooks';

/** `offline`: this device has no network. `away`: it has, and the server does not answer. */
export type Connection = 'here' | 'away' | 'offline';

const listeners = new Set<() => void>();
let answers: 'here' | 'away' = 'here';

/** What the last request saw. */
export function report(seen: 'here' | 'away'): void {
  if (seen === answers) return;
  answers = seen;
  tell();
}

function connection(): Connection {
  return navigator.onLine ? answers : 'offline';
}

function tell(): void {
  for (const listener of listeners) listener();
}

addEventListener('online', tell);
addEventListener('offline', tell);

/** Calls back whenever the state may have changed; returns how to stop. */
export function onConnection(listener: (now: Connection) => void): () => void {
  const call = () => listener(connection());
  listeners.add(call);
  return () => void listeners.delete(call);
}

export function useConnection(): Connection {
  const [now, set] = useState(connection);
  useEffect(() => onConnection(set), []);
  return now;
}
