import { api, Refused } from '../api/client.ts';

/** better-auth's routes; the session is a cookie that scripts do not see. Each rejects with its own codes. */
const AUTH = '/api/auth';

export async function signIn(email: string, password: string): Promise<void> {
  await api.post(`${AUTH}/sign-in/email`, { body: { email, password } });
}

export async function signUp(name: string, email: string, password: string): Promise<void> {
  await api.post(`${AUTH}/sign-up/email`, { body: { name, email, password } });
}

/** Answers alike whether there is such an account or not. */
export async function requestReset(email: string): Promise<void> {
  await api.post(`${AUTH}/request-password-reset`, { body: { email, redirectTo: '/reset-password' } });
}

export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await api.post(`${AUTH}/reset-password`, { body: { token, newPassword } });
}

/** Ends all other sessions. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const body = { currentPassword, newPassword, revokeOtherSessions: true };
  await api.post(`${AUTH}/change-password`, { body });
}

export async function rename(name: string): Promise<void> {
  await api.post(`${AUTH}/update-user`, { body: { name } });
}

/** The code of a refusal; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Refused ? error.code : undefined;
}
