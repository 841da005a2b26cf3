import { Away, Refused } from '../api/client.ts';
import type { Problem } from '../api/wire.ts';
import { type Catalogue, type Language, useLanguage } from './language.ts';

/**
 * Sentences for the codes of the server. In English they are there only for what it says less well itself, as of
 * accounts; else its own `detail` says more.
 */
const sentences: Catalogue<Readonly<Record<string, string>>> = {
  en: {
    away: 'The server does not answer just now. Nothing is lost: try again in a moment.',
    unknown: 'Something went wrong on our side.',
    unauthenticated: 'You were signed out meanwhile. Sign in again.',
    invalid_email: 'This is not an e-mail address.',
    invalid_email_or_password: 'The e-mail address or the password is not right.',
    invalid_password: 'This is not your present password.',
    invalid_name: 'A name has 1 to 200 characters.',
    user_already_exists_use_another_email:
      'There is an account with this e-mail address already. Sign in instead.',
    password_too_short: 'A password has at least 8 characters.',
    password_too_long: 'A password has at most 128 characters.',
    invalid_token: 'This link or code is of no use any more. Ask for a new one.',
    session_expired: 'You were signed out meanwhile. Sign in again.',
  },
  es: {
    away: 'El servidor no responde ahora. No se pierde nada: inténtalo de nuevo en un momento.',
    unknown: 'Algo ha fallado por nuestra parte.',
    idempotency_mismatch: 'Eso ya se envió de otra manera. Recarga la página y míralo.',
    bad_request: 'El servidor no entendió la petición.',
    payload_too_large: 'Es demasiado largo.',
    validation_failed: 'Revisa los datos: alguno no se puede usar así.',
    unknown_service: 'Ese servicio ya no se ofrece.',
    unknown_timezone: 'Esa zona horaria no existe.',
    outside_hours: 'A esa hora no se trabaja.',
    notice_too_short: 'Ya es demasiado tarde para reservar esa hora.',
    too_far_ahead: 'Esa fecha está demasiado lejos todavía.',
    nonexistent_local_time: 'Esa hora no existe: los relojes se adelantan.',
    unauthenticated: 'Inicia sesión primero.',
    forbidden: 'No tienes permiso para hacer esto.',
    not_found: 'No existe, o ya no existe.',
    slot_taken: 'Otra persona acaba de reservar esa hora.',
    already_cancelled: 'Esta reserva ya está cancelada.',
    too_late_to_cancel: 'Ya es tarde para cancelarla o cambiarla aquí: llama al local.',
    version_conflict: 'Alguien lo cambió mientras tanto. Míralo de nuevo.',
    rate_limited: 'Demasiados intentos seguidos. Espera un momento.',
    invalid_email: 'Esto no es un correo electrónico.',
    invalid_password: 'Esta no es tu contraseña actual.',
    invalid_name: 'Un nombre tiene entre 1 y 200 caracteres.',
    session_expired: 'Tu sesión se cerró mientras tanto. Inicia sesión de nuevo.',
    invalid_email_or_password: 'El correo o la contraseña no son correctos.',
    user_already_exists_use_another_email: 'Ya hay una cuenta con ese correo. Inicia sesión con ella.',
    password_too_short: 'La contraseña es demasiado corta: al menos 8 caracteres.',
    password_too_long: 'La contraseña es demasiado larga: 128 caracteres como mucho.',
    invalid_token: 'El enlace o el código ya no sirve: pide otro.',
  },
};

/** What to tell people of a rejected request. */
export function sentenceOf(error: unknown, language: Language): string {
  const words = sentences[language];
  if (error instanceof Refused) {
    const { code, detail } = error.problem;
    return words[code] || detail || (words.unknown ?? '');
  }
  return (error instanceof Away ? words.away : words.unknown) ?? '';
}

/** What is wrong with a field. */
export interface Fault {
  readonly text: string;
  /** Where the text is in another language than the page. */
  readonly lang: 'en' | undefined;
}

/** What is wrong with each field, by the name that it has in the request: `email` of `/email`. */
export function fieldFaults(error: unknown, language: Language): Readonly<Record<string, Fault>> {
  if (!(error instanceof Refused)) return {};
  const faults = error.problem.errors ?? [];
  return Object.fromEntries(
    faults.map((fault) => [fault.pointer.split('/')[1] ?? '', faultOf(fault, language)]),
  );
}

/** As texts alone, of which a code's is about the whole form: for the pages of clients and the staff. */
export function faultsOf(error: unknown, language: Language): Readonly<Record<string, string>> {
  const faults = error instanceof Refused ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(
    faults.map(({ pointer, code, detail }) => [
      pointer.split('/')[1] ?? '',
      sentences[language][code] ?? detail,
    ]),
  );
}

/** The sentence for its code; where that says nothing of the field, what the server says. */
export function faultOf({ code, detail }: Told, language: Language): Fault {
  const sentence = code === 'validation_failed' ? undefined : sentences[language][code];
  if (sentence !== undefined) return { text: sentence, lang: undefined };
  return { text: detail, lang: language === 'en' ? undefined : 'en' };
}

type Told = NonNullable<Problem['errors']>[number];

export function useSentence(error: unknown): string {
  return sentenceOf(error, useLanguage());
}
