import { counted, levelAbove, type Metric, metric } from '../../metric.ts';

/** What one server says of its clients. */
export interface ClientCount {
  readonly clients: number;
  /** How many it takes; undefined where it does not say. */
  readonly maxClients: number | undefined;
}

const USUAL = 100;
const ABOUT = { name: 'connected_clients', unit: '', limit: 'most' } as const;

/** Connections to Redis, from whatever program: the busiest of its masters. */
export function connectedClients(servers: readonly ClientCount[]): Metric {
  const [busiest] = [...servers].sort((a, b) => b.clients - a.clients);
  if (busiest === undefined)
    return metric(
      { ...ABOUT, threshold: USUAL },
      { value: null, status: 'unknown', message: 'Redis does not say who is connected.' },
    );
  const { clients, maxClients = USUAL } = busiest;
  const threshold = Math.min(USUAL, maxClients);
  const status = levelAbove(clients, { warning: 0.8 * threshold, critical: threshold });
  const of = servers.length > 1 ? `the busiest of ${counted(servers.length, 'master')}` : 'Redis';
  return metric(
    { ...ABOUT, threshold },
    {
      value: clients,
      status,
      message: `${counted(clients, 'connection')} to ${of}.`,
      ...(status !== 'healthy' && {
        recommendation:
          'A server of ours needs one. CLIENT LIST shows who has the others; CONFIG SET timeout 300 ends those that idle, CONFIG SET maxclients allows more.',
      }),
    },
  );
}
