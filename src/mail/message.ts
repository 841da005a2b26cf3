import { calendarOf } from './content/calendar.ts';
import { letterOf } from './content/letters.ts';
import { htmlOf, textOf } from './content/render.ts';
import type { ClaimedMail } from './queue.ts';
import { domainOf, type Mailbox, type Message } from './transport.ts';

export interface MessageOptions {
  readonly from: Mailbox;
  /** Where links lead; without it there are none. */
  readonly publicUrl?: string | undefined;
  readonly date: Date;
}

/** The mail as it is sent at `date`; throws where the row does not say what its template needs. */
export function messageOf(mail: ClaimedMail, { from, publicUrl, date }: MessageOptions): Message {
  const { id, content, recipient: to, shopId, createdAt } = mail;
  if (content === undefined) throw new TypeError(`Mail ${id} lacks what "${mail.template}" needs`);
  const letter = letterOf(content, publicUrl);
  const calendar = calendarOf(content, { shopId, from, to, writtenAt: createdAt });
  return {
    // The instant tells databases apart that were made one after the other: ids begin anew.
    messageId: `<mail-${id}-${createdAt.getTime()}@${domainOf(from)}>`,
    date,
    from,
    to,
    subject: letter.subject,
    text: textOf(letter),
    html: htmlOf(letter),
    ...(calendar && { calendar }),
  };
}
