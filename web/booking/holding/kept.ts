/** What outlives a reload of this tab, and nothing more: a form half filled in, a slot that is held. */
export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(`freshchair.${name}`, JSON.stringify(value));
  } catch {
    // Storage can be forbidden or full: then a reload begins anew.
  }
}

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(`freshchair.${name}`);
  } catch {
    // As above.
  }
}

/** Undefined where nothing was kept, or nothing that `isValid` accepts. */
export function kept<T>(name: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(`freshchair.${name}`) ?? 'null');
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
