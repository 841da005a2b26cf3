import { type Static, Type } from 'typebox';
import type { Acceptance, Invitation } from '../../../auth/roles/invitations.ts';
import { Id, PRINTABLE, ShopSlug } from '../common.ts';

export const InviteBody = Type.Object(
  {
    email: Type.String({ format: 'email', minLength: 3, maxLength: 254, pattern: PRINTABLE }),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false, examples: [{ email: 'ana@example.com' }] },
);
export const InvitationAnswer = Type.Object(
  { email: Type.String(), expires_at: Type.String({ format: 'date-time' }) },
  { description: 'Who was invited, and until when the mailed token is good' },
);

export const AcceptBody = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 200, pattern: PRINTABLE, description: 'As it was mailed' }),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false },
);
export const AcceptanceAnswer = Type.Object(
  { shop: Type.String(), barber_id: Id, role: Type.Enum(['client', 'barber', 'admin']) },
  { description: 'What the account is at which shop now' },
);

export function wireInvitation({ email, expiresAt }: Invitation): Static<typeof InvitationAnswer> {
  return { email, expires_at: expiresAt };
}

export function wireAcceptance({ shop, barberId, role }: Acceptance): Static<typeof AcceptanceAnswer> {
  return { shop, barber_id: barberId, role };
}
