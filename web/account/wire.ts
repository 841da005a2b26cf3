import type { Static } from 'typebox';
import type { AcceptanceAnswer } from '../../src/http/wire/admin/invitations.ts';

export type Acceptance = Static<typeof AcceptanceAnswer>;
