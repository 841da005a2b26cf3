import { isIP } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

interface Connected {
  /** As proxies say; both are missing where the client has hung up meanwhile. */
  readonly ip: string | undefined;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Where the request comes from: what a trusted proxy says, without the port that some add, else the socket's own
 * address, as where the proxy says something that is no address. Else empty.
 */
export function addressOf({ ip = '', socket }: Connected): string {
  const address = withoutPort(ip);
  return isIP(address) === 0 ? (socket.remoteAddress ?? '') : address;
}

/** The network that one household has: IPv6 addresses of one /64 are one. */
export function networkOf(request: Connected): string {
  return normalizeIP(addressOf(request));
}

/** Who counts as one: an account wherever it comes from, else whoever shares a network. */
export function callerOf(request: Connected & Pick<FastifyRequest, 'account'>): string {
  const { account } = request;
  return account === null ? `address:${networkOf(request)}` : `user:${account.id}`;
}

/** `192.0.2.1:443`, `[2001:db8::1]:443` or `[2001:db8::1]`. */
function withoutPort(ip: string): string {
  return /^([\d.]+):\d+$/.exec(ip)?.[1] ?? /^\[(.+)\](?::\d+)?$/.exec(ip)?.[1] ?? ip;
}
