import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import { isUnreachable } from '../database/errors.ts';
import type { Database } from '../database/schema.ts';
import type { Logger } from '../log.ts';
import { backoff, createPause } from '../timing.ts';
import { messageOf } from './message.ts';
import * as queue from './queue.ts';
import type { Delivery, Mailbox, MailSession, Transport } from './transport.ts';

export interface MailerOptions {
  readonly db: Kysely<Database>;
  readonly transport: Transport;
  readonly from: Mailbox;
  /** Where people find the pages, PUBLIC_URL: letters have no links without it. */
  readonly publicUrl?: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Sends what is in the outbox. Any number of processes may, over one database. */
export interface Mailer {
  /** From now on looks every two seconds. */
  start(): void;
  /** Sends all that is due. Answers with how many mails were sent; rejects when Postgres is away. */
  deliver(): Promise<number>;
  /** Gives mails on their way five seconds, then cuts them off. */
  close(): Promise<void>;
}

const POLL_MS = 2_000;
/** Connections to the mail server at once: one that hangs does not hold up the others. */
const LANES = 3;
const CLOSE_LIMIT_MS = 5_000;
const TIDY_MS = 3_600_000;

/**
 * A mail is claimed in Postgres, and that committed, before it is handed on; and only once a mail server is ready
 * for it. Where a mail certainly did not go, it is tried again later; where nobody knows (the connection was lost
 * after the text had been sent, the process died), it is not sent again, and a line in the log says so.
 */
export function createMailer({ db, transport, from, publicUrl, clock, log }: MailerOptions): Mailer {
  const claimant = randomUUID();
  const closing = new AbortController();
  const cutting = new AbortController();
  const pause = createPause();
  /** Mails whose end Postgres does not know yet: not to be given back. */
  const handedOn = new Set<number>();
  const postgres = createState(
    log,
    'Mails wait: Postgres cannot be used',
    'Postgres can be used for mails again',
  );
  const mailServer = createState(
    log,
    'Mails wait: the mail server cannot be used',
    'The mail server can be used again',
  );
  let nextTidyUp = 0;
  let passFailed = false;
  let passing: Promise<number> | undefined;
  let running: Promise<void> | undefined;

  const givenUp = (ids: readonly number[], reason: string) => {
    for (const mail of ids) log.warn({ mail, reason }, 'A mail was given up after a day of attempts');
  };

  /** What came of a mail must not be forgotten only because Postgres is away for a while. */
  async function persist<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (closing.signal.aborted || !isUnreachable(error)) throw error;
        postgres.failed({ err: error });
        await sleep(backoff(failures), undefined, { ref: false, signal: closing.signal }).catch(() => {});
      }
    }
  }

  async function record({ id: mail, template }: queue.ClaimedMail, delivery: Delivery): Promise<void> {
    if (delivery.kind === 'sent') return persist(() => queue.markSent(db, mail));
    const { kind, reason } = delivery;
    if (kind === 'not_sent') {
      log.info({ mail, template, reason }, 'A mail was not accepted and will be tried again');
      return givenUp(await persist(() => queue.putOff(db, claimant, mail, reason)), reason);
    }
    if (kind === 'refused') log.warn({ mail, template, reason }, 'A mail was refused');
    else log.warn({ mail, template, reason }, UNKNOWN_END);
    return persist(() => queue.markFailed(db, mail, kind === 'unknown' ? `end unknown: ${reason}` : reason));
  }

  async function send(session: MailSession, mail: queue.ClaimedMail): Promise<Delivery> {
    try {
      return await session.send(messageOf(mail, { from, publicUrl, date: new Date(clock.now()) }));
    } catch (err) {
      log.error({ err, mail: mail.id, template: mail.template }, 'A mail could not be written');
      return { kind: 'refused', reason: 'could not be written' };
    }
  }

  /** Sends one mail after the other until none is due, or until the session is of no more use. */
  async function sendOver(session: MailSession): Promise<{ sent: number; finished: boolean }> {
    for (let sent = 0; ; sent++) {
      if (closing.signal.aborted) return { sent, finished: true };
      const mail = await queue.claim(db, claimant);
      if (mail === undefined) return { sent, finished: true };
      handedOn.add(mail.id);
      const delivery = await send(session, mail);
      await record(mail, delivery);
      handedOn.delete(mail.id);
      if (delivery.kind !== 'sent') return { sent, finished: false };
    }
  }

  async function lane(): Promise<number> {
    for (let total = 0; ; ) {
      const opened = await transport.open(cutting.signal);
      if (closing.signal.aborted) {
        if (opened.kind === 'open') opened.session.close();
        return total;
      }
      if (opened.kind === 'unreachable') {
        mailServer.failed({ reason: opened.reason });
        givenUp(await queue.putOffDue(db, opened.reason), opened.reason);
        return total;
      }
      mailServer.works();
      try {
        const { sent, finished } = await sendOver(opened.session);
        total += sent;
        if (finished) return total;
      } finally {
        opened.session.close();
      }
    }
  }

  async function tidyUp(): Promise<void> {
    for (const mail of await queue.endAbandoned(db)) log.warn({ mail }, UNKNOWN_END);
    if (passFailed) await queue.release(db, claimant, [...handedOn]);
    if (clock.now() < nextTidyUp) return;
    await queue.deleteOld(db);
    nextTidyUp = clock.now() + TIDY_MS;
  }

  async function pass(): Promise<number> {
    await tidyUp();
    passFailed = false;
    const lanes = Array.from({ length: await queue.countDue(db, LANES) }, async () => {
      try {
        return await lane();
      } catch (err) {
        // Said at once: another one may hang for a while.
        postgres.failed({ err });
        throw err;
      }
    });
    const ends = await Promise.allSettled(lanes);
    let sent = 0;
    for (const end of ends) {
      if (end.status === 'rejected') throw end.reason;
      sent += end.value;
    }
    return sent;
  }

  function deliver(): Promise<number> {
    passing ??= pass()
      .catch((error: unknown) => {
        passFailed = true;
        throw error;
      })
      .finally(() => {
        passing = undefined;
      });
    return passing;
  }

  async function keepDelivering(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await deliver();
        postgres.works();
      } catch (err) {
        postgres.failed({ err });
      }
      if (!closing.signal.aborted) await pause.for(POLL_MS);
    }
  }

  return {
    start() {
      running ??= keepDelivering();
    },
    deliver,
    async close() {
      closing.abort();
      pause.end();
      const limit = setTimeout(() => cutting.abort(), CLOSE_LIMIT_MS).unref();
      await Promise.allSettled([running, passing]);
      clearTimeout(limit);
    },
  };
}

const UNKNOWN_END = 'Whether a mail arrived is not known; it is not sent again';

/** One line when something stops working, and one when it works again. */
function createState(log: Logger, whenFailing: string, whenBack: string) {
  let failing = false;
  return {
    failed(why: object) {
      if (!failing) log.warn(why, whenFailing);
      failing = true;
    },
    works() {
      if (failing) log.info(whenBack);
      failing = false;
    },
  };
}
