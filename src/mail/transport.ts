import type { Logger } from '../log.ts';

export interface Mailbox {
  /** What people see; empty for none. */
  readonly name: string;
  readonly address: string;
}

export function domainOf({ address }: Mailbox): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** A finished mail, to one recipient. */
export interface Message {
  /** With angle brackets; the same at every attempt. */
  readonly messageId: string;
  readonly date: Date;
  readonly from: Mailbox;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
}

/** How an attempt ended. `reason` holds codes only, no address and no content. */
export type Delivery =
  | { readonly kind: 'sent' }
  /** Certainly not sent; another time it may be. */
  | { readonly kind: 'not_sent'; readonly reason: string }
  /** Certainly not sent, and never will be. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody knows. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A mail server that is ready. After any end but `sent` the session is of no more use. */
export interface MailSession {
  send(message: Message): Promise<Delivery>;
  close(): void;
}

export type Opened =
  | { readonly kind: 'open'; readonly session: MailSession }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface Transport {
  /** `signal` cuts off the session, too: what is under way then ends as `not_sent` or `unknown`. */
  open(signal: AbortSignal): Promise<Opened>;
}

/** Writes mails to the log, for want of a mail server. */
export function createLogTransport(log: Logger): Transport {
  const session: MailSession = {
    async send({ to, subject, text }) {
      log.info({ to, subject, text }, 'A mail, which nobody gets as SMTP_URL is not set');
      return { kind: 'sent' };
    },
    close() {},
  };
  return { open: async () => ({ kind: 'open', session }) };
}
