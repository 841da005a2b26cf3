import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Delivery, MailSession, Message, Opened, Transport } from './transport.ts';

const TIME_LIMITS = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  /** Of silence: RFC 5321 §4.5.3.2 would have us wait for minutes. */
  socketTimeout: 30_000,
  socketCloseTimeout: 1_000,
};
/** For opening a session, and for one mail on it, also when the server trickles. */
const STEP_LIMIT_MS = 60_000;
const QUIT_LIMIT_MS = 1_000;

export interface SmtpOptions {
  /** `smtp://` or `smtps://user:password@host:port`; nodemailer's options as the query. */
  readonly url: string;
  /** How long a server may be silent (ms); default 30 s. */
  readonly silenceLimitMs?: number;
}

/**
 * Mails over SMTP. STARTTLS is used where the server has it; a password is sent over TLS only, but to this very
 * machine (`?requireTLS=false` lifts that).
 */
export function createSmtpTransport({
  url,
  silenceLimitMs = TIME_LIMITS.socketTimeout,
}: SmtpOptions): Transport {
  const { auth, ...server } = parseConnectionUrl(url);
  const local = ['localhost', '127.0.0.1', '::1'].includes(server.host ?? '');
  const options = {
    ...TIME_LIMITS,
    greetingTimeout: Math.min(TIME_LIMITS.greetingTimeout, silenceLimitMs),
    socketTimeout: silenceLimitMs,
    requireTLS: auth !== undefined && server.secure !== true && !local,
    ...server,
  };

  async function open(signal: AbortSignal): Promise<Opened> {
    const connection = new SMTPConnection(options);
    // One that breaks between two steps must not end the process.
    connection.on('error', () => {});
    try {
      await step(connection, signal, (done) => connection.connect(done));
      if (auth !== undefined) {
        if (!connection.allowsAuth) throw new Error('AUTH is not offered');
        await step(connection, signal, (done) => connection.login(auth, done));
      }
      return { kind: 'open', session: sessionOver(connection, signal) };
    } catch (error) {
      connection.close();
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  }

  return { open };
}

function sessionOver(connection: SMTPConnection, signal: AbortSignal): MailSession {
  return {
    async send(message) {
      const raw = await compose(message);
      // nodemailer reads from the stream as soon as the server has answered DATA, and not before.
      let handedOver = false;
      const stream = new Readable({
        read() {
          handedOver = true;
          this.push(raw);
          this.push(null);
        },
      });
      const envelope = { from: message.from.address, to: message.to, size: raw.length };
      try {
        await step(connection, signal, (done) => connection.send(envelope, stream, done));
        return { kind: 'sent' };
      } catch (error) {
        return deliveryOf(error, handedOver);
      }
    },
    close() {
      if (signal.aborted) connection.close();
      else connection.quit();
      setTimeout(() => connection.close(), QUIT_LIMIT_MS).unref();
    },
  };
}

/** The bytes of the mail. The calendar goes in twice, as clients look for it in different places. */
function compose({ messageId, date, from, to, subject, text, html, calendar }: Message): Promise<Buffer> {
  const headers = { 'Auto-Submitted': 'auto-generated' };
  const mail = { messageId, date, from, to: { name: '', address: to }, subject, text, html, headers };
  const icalEvent = calendar && { ...calendar, filename: 'booking.ics' };
  const options = {
    ...mail,
    ...(icalEvent && { icalEvent }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return new MailComposer(options).compile().build();
}

type Done = (error?: Error | null) => void;

/** Resolves when nodemailer calls back; rejects when the connection breaks, the signal comes or time is up. */
function step(connection: SMTPConnection, signal: AbortSignal, start: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish: Done = (error) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      connection.off('end', onEnd);
      connection.off('error', finish);
      if (error) reject(error);
      else resolve();
    };
    const cut = (why: string) => {
      finish(new Error(why));
      connection.close();
    };
    const onAbort = () => cut('Cut off');
    // It is ended before the reply that ended it is told.
    const onEnd = () => queueMicrotask(() => finish(new Error('Closed')));
    const timer = setTimeout(cut, STEP_LIMIT_MS, 'Out of time').unref();
    signal.addEventListener('abort', onAbort);
    connection.on('end', onEnd);
    connection.on('error', finish);
    if (signal.aborted) onAbort();
    else start(finish);
  });
}

function deliveryOf(error: unknown, handedOver: boolean): Delivery {
  const reason = reasonOf(error);
  const command = property(error, 'command');
  const reply = Number(property(error, 'responseCode'));
  if (reply >= 400) {
    // What is refused earlier (sender, sign-in) is for the operator to mend. 503: the session was at fault.
    const final = reply >= 500 && reply !== 503 && (command === 'RCPT TO' || command === 'DATA');
    return { kind: final ? 'refused' : 'not_sent', reason };
  }
  if (handedOver) return { kind: 'unknown', reason };
  // nodemailer itself found the address or the size impossible.
  const impossible = ['EENVELOPE', 'EMESSAGE'].includes(property(error, 'code'));
  return { kind: impossible ? 'refused' : 'not_sent', reason };
}

/** Codes only: a server's reply repeats the address. */
function reasonOf(error: unknown): string {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(property(error, 'response'))?.[1];
  const code = property(error, 'originalCode') || property(error, 'code');
  const known = [property(error, 'command'), code, property(error, 'responseCode'), enhanced].filter(Boolean);
  return known.length > 0 ? known.join(' ') : String(error);
}

/** What nodemailer adds to its errors; empty where it did not. */
function property(
  error: unknown,
  name: 'code' | 'originalCode' | 'command' | 'response' | 'responseCode',
): string {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
