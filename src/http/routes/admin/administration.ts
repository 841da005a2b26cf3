import type { Kysely } from 'kysely';
import type { Commit } from '../../../availability/commit.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/schema.ts';
import type { Access } from '../../access/access.ts';
import type { SignedIn } from '../../access/identity.ts';
import { SECURITY } from '../../plugins/openapi.ts';

/** What the routes of the administration work with. */
export interface Administration {
  readonly db: Kysely<Database>;
  readonly commit: Commit;
  readonly clock: Clock;
  readonly signedIn: SignedIn;
  readonly access: Access;
}

export const ABOUT = { tags: ['Administration'], security: SECURITY };

/** With what problems a read and a write at a shop may be answered. */
export const READS = [400, 401, 403, 404, 429, 503] as const;
export const WRITES = [400, 401, 403, 404, 413, 415, 422, 429, 503] as const;
