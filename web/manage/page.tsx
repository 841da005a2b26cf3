import { GuestPage } from './guest-page.tsx';
import { MinePage } from './mine-page.tsx';

const BY_TOKEN = /^\/manage\/([^/]+)\/?$/;

export function Page() {
  const token = BY_TOKEN.exec(location.pathname)?.[1];
  return token === undefined ? <MinePage /> : <GuestPage manageToken={decoded(token)} />;
}

/** A link that was cut may end in half an escape. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
