import type { Fault } from '../outcome.ts';

/** One address and nothing else: what separates or groups addresses in a mail's header has no place in it. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u;
/** Line breaks and such; the marks of right-to-left names are none. */
const CONTROL = /\p{Cc}/u;

/** Finds what is wrong with how somebody can be reached; the limits are those of the table. */
export function checkContact(
  {
    name,
    email,
    phone,
  }: { name?: string | undefined; email?: string | undefined; phone?: string | undefined },
  faults: Fault[],
): void {
  const wrong = (field: string, detail: string) => faults.push({ code: 'validation_failed', field, detail });
  if (name !== undefined && (name.trim() === '' || [...name].length > 200 || CONTROL.test(name))) {
    wrong('name', 'A name has 1 to 200 characters, in one line.');
  }
  if (email !== undefined && (email.length > 254 || !ADDRESS.test(email))) {
    wrong('email', 'That is not an e-mail address. Use one such as ada@example.com.');
  }
  if (phone !== undefined && (phone.trim() === '' || [...phone].length > 40 || CONTROL.test(phone))) {
    wrong('phone', 'A phone number has 1 to 40 characters, in one line.');
  }
}
