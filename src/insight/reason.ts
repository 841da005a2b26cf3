/** What went wrong, in a word for people: an old Redis quotes the command, of which a password may be part. */
export function reasonOf(error: unknown): string {
  const [message = ''] = (error instanceof Error ? error.message : '').split(', with args beginning with');
  return message || 'no answer';
}
