/** What went wrong, for people: an old Redis quotes the command, of which a password may be part. */
export function reasonOf(error: unknown, otherwise = 'no answer'): string {
  const [message = ''] = (error instanceof Error ? error.message : '').split(', with args beginning with');
  return message || otherwise;
}

/** The same for whoever asks over HTTP, who is told no names of hosts: `connect ECONNREFUSED`, `getaddrinfo ENOTFOUND`. */
export function publicReason(reason: string): string {
  return reason.replace(/\b(E[A-Z]{4,})\b.*$/, '$1');
}
