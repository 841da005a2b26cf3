/** What to do where Redis answers with this, or, without a reason, not at all. */
export function adviceOnRefusal(reason = ''): string {
  if (reason.startsWith('OOM'))
    return 'Redis is full: raise maxmemory, or let it make room with CONFIG SET maxmemory-policy allkeys-lru.';
  if (reason.startsWith('READONLY'))
    return 'This Redis is a replica: point REDIS_URL at the master, or at the Sentinels (redis+sentinel://…).';
  if (/^(NOAUTH|WRONGPASS)/.test(reason)) return 'Correct the user and password in REDIS_URL.';
  if (reason.startsWith('NOPERM'))
    return 'Let the user of REDIS_URL use the keys fc:* (ACL SETUSER … ~fc:* +@read +@write +@scripting +info).';
  if (reason.startsWith('MISCONF'))
    return 'Redis cannot save, and refuses writes: free its disk, or CONFIG SET stop-writes-on-bgsave-error no.';
  return 'See that Redis runs and answers at REDIS_URL (redis-cli PING). Nothing else has to be done: this server tries again twice a second.';
}
