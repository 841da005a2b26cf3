import { Type } from 'typebox';
import type { ChangeEvent } from '../stream/topic.ts';
import { DateText, Id, ShopSlug } from './common.ts';

export const StreamQuery = Type.Object(
  {
    target_date: Type.Optional(
      Type.String({ ...DateText, description: 'Date at the shop; without it every date' }),
    ),
    barber_id: Type.Optional(Type.Integer({ ...Id, description: 'Without it every barber of the shop' })),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false },
);

const DESCRIPTION = `Server-Sent Events, until either side ends it. \`event: change\` says that availability may
have changed: ask for the slots again. Its \`data\` is \`{"date", "barber_id", "as_of"}\`: the date and the barber
that were asked for, else those that changed, or null where it may be any; and the instant from which reads show it.
Ask for the slots after every (re)connection too: what happened in between is not repeated. Comments (\`: ping\`, every
15 seconds) keep the connection open.`;

const EXAMPLE =
  'event: change\ndata: {"date":"2026-11-23","barber_id":1,"as_of":"2026-11-22T15:04:05.123Z"}\n\n';

export const StreamAnswer = {
  description: DESCRIPTION,
  content: { 'text/event-stream': { schema: Type.String({ examples: [EXAMPLE] }) } },
};

/** What a stream begins with: it makes proxies pass the head on, and says in how many ms to come again. */
export const GREETING = 'retry: 3000\n: connected\n\n';
export const PING = ': ping\n\n';

/** `asOf` is epoch ms. */
export function wireChangeEvent({ date, barberId }: ChangeEvent, asOf: number): string {
  const data = { date, barber_id: barberId, as_of: new Date(asOf).toISOString() };
  return `event: change\ndata: ${JSON.stringify(data)}\n\n`;
}
