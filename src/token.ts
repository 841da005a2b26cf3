import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes: cannot be guessed. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Tokens are 32 random bytes, so that their hash needs no salt, and finding it in an index tells nothing. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
