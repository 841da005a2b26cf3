import { BlockList, isIP } from 'node:net';

const OWN = new BlockList();
OWN.addSubnet('127.0.0.0', 8);
OWN.addAddress('::1', 'ipv6');

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('169.254.0.0', 16);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Whether only this machine reaches it. */
export function isOwnMachine(host: string): boolean {
  return host === 'localhost' || isIn(OWN, host);
}

/** Whether the way there stays in a network of one's own; a name without a dot is one of containers. */
export function isPrivate(host: string): boolean {
  return isOwnMachine(host) || isIn(PRIVATE, host) || (isIP(bare(host)) === 0 && !host.includes('.'));
}

function isIn(list: BlockList, host: string): boolean {
  const version = isIP(bare(host));
  return version !== 0 && list.check(bare(host), version === 6 ? 'ipv6' : 'ipv4');
}

/** URLs have IPv6 in brackets. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
