import { GuestPage } from './guest-page.tsx';
import { MinePage } from './mine-page.tsx';

const BY_TOKEN = /^\/manage\/([^/]+)\/?$/;

export function Page() {
  const token = BY_TOKEN.exec(location.pathname)?.[1];
  return token === undefined ? <MinePage /> : <GuestPage manageToken={decodeURIComponent(token)} />;
}
