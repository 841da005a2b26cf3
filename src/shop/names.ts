import type { Fault } from '../outcome.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether something other than white space is in it. */
export function isFilled(text: string): boolean {
  return text.trim() !== '';
}

/** Whether a shop can have it in its addresses: `main`, `fresh-chair-2`. */
export function isSlug(text: string): boolean {
  return text.length <= 63 && SLUG.test(text);
}

/** What stands at the root of the server's addresses beside the shops: pages, and the first parts of other paths. */
const RESERVED: ReadonlySet<string> = new Set([
  'account',
  'admin',
  'api',
  'assets',
  'docs',
  'health',
  'invitation',
  'manage',
  'metrics',
  'my-bookings',
  'reset-password',
  'sign-in',
  'staff',
]);

/** Whether a shop of this slug could not be reached under `/{slug}`: something else is there. */
export function isReserved(slug: string): boolean {
  return RESERVED.has(slug);
}

/** Whether it is an ISO 4217 code, in upper case. */
export function isCurrency(text: string): boolean {
  return currencies.has(text);
}

/** A name without the white space around it; a blank one is at fault. */
export function readName(name: string, faults: Fault[]): string {
  if (!isFilled(name))
    faults.push({ code: 'validation_failed', field: 'name', detail: 'The name is blank.' });
  return name.trim();
}
