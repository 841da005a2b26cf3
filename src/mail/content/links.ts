import type { MailContent } from '../mail.ts';
import { type Letter, told } from './letter.ts';

type DataOf<T extends MailContent['template']> = Extract<MailContent, { template: T }>['data'];

/**
 * Links to our pages. `publicUrl` is PUBLIC_URL, which the operator wrote; nothing that a request said is in them but
 * tokens. Nothing without it.
 */
export function linksTo(publicUrl: string | undefined) {
  const link = (label: string, path: string): Pick<Letter, 'link'> =>
    publicUrl === undefined ? {} : { link: { label, url: new URL(path, publicUrl).href } };
  const own = () => link('See, move or cancel your bookings', '/my-bookings');

  return {
    booking: ({ manageToken, hasAccount = false }: DataOf<'booking_confirmed'>) => {
      if (manageToken !== undefined)
        return link('See, move or cancel your booking', `/manage/${encodeURIComponent(manageToken)}`);
      return hasAccount ? own() : {};
    },
    change: ({ hasAccount = false }: DataOf<'booking_changed'>) => (hasAccount ? own() : {}),
    invitation: ({ token }: DataOf<'barber_invitation'>) =>
      link('Accept the invitation', `/invitation?token=${encodeURIComponent(token)}`),
    /** To the page that was asked for, else to ours. */
    newPassword: ({ token, url }: DataOf<'password_reset'>): Pick<Letter, 'link'> => {
      const label = 'Choose a new password';
      if (url !== undefined) return { link: { label, url: told(url) } };
      return link(label, `/reset-password?token=${encodeURIComponent(token)}`);
    },
  };
}

export type Links = ReturnType<typeof linksTo>;
