import { InvitationPage } from './links/invitation-page.tsx';
import { ResetPasswordPage } from './links/reset-password-page.tsx';
import { AccountPage } from './settings/account-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

export function Page() {
  switch (location.pathname.replace(/\/$/, '')) {
    case '/sign-in':
      return <SignInPage />;
    case '/reset-password':
      return <ResetPasswordPage />;
    case '/invitation':
      return <InvitationPage />;
    default:
      return <AccountPage />;
  }
}
