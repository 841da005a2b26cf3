import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { backoff } from '../timing.ts';
import type { RedisAddress } from './address.ts';

export type RedisClient = Redis | Cluster;

const CONNECT_LIMIT_MS = 1_000;
/** A server that says nothing for so long, though it was asked, gets a new connection: this one may be half open. */
const SILENCE_LIMIT_MS = 1_000;
/** Slots that moved are learned of by the redirections; this finds the nodes that are new. */
const SLOTS_REFRESH_MS = 2_000;
/** To where a slot is now, and during its move once more. */
const REDIRECTIONS = 2;

/**
 * A client that keeps nothing for later: what cannot be sent now fails now, what was sent and not answered when the
 * connection broke fails, and nothing is sent twice (but to follow a slot of a Cluster to its new node). Broken
 * connections come back by themselves.
 */
export function openClient(address: RedisAddress, connectionName: string): RedisClient {
  const { kind, tls, nodes, socket, username, password, db } = address;
  const common = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    connectionName,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_LIMIT_MS,
    socketTimeout: SILENCE_LIMIT_MS,
    // A master that became a replica is left for the one that is master now.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  } satisfies RedisOptions;
  if (kind === 'cluster') {
    return new Cluster([...nodes], {
      redisOptions: common,
      enableOfflineQueue: false,
      maxRedirections: REDIRECTIONS,
      retryDelayOnFailover: 0,
      retryDelayOnClusterDown: 0,
      slotsRefreshInterval: SLOTS_REFRESH_MS,
      slotsRefreshTimeout: CONNECT_LIMIT_MS,
      clusterRetryStrategy: (failures) => backoff(failures),
      // A certificate is for the name by which a node was given.
      ...(tls && { dnsLookup: (name, callback) => callback(null, name) }),
    });
  }
  const single = {
    ...common,
    db,
    enableOfflineQueue: false,
    retryStrategy: (failures: number) => backoff(failures),
  };
  if (kind === 'single')
    return new Redis({ ...single, ...(socket === undefined ? nodes[0] : { path: socket }) });
  const { group = '', sentinelUsername, sentinelPassword } = address;
  return new Redis({
    ...single,
    sentinels: [...nodes],
    name: group,
    ...(sentinelUsername !== undefined && { sentinelUsername }),
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
    sentinelRetryStrategy: (failures) => backoff(failures),
    sentinelCommandTimeout: CONNECT_LIMIT_MS,
    // Told by the Sentinels, rather than by an old master that goes on answering.
    failoverDetector: true,
  });
}
