import type { ShopSource } from '../../availability/source.ts';
import type { Logger } from '../../log.ts';
import { PING, wireChangeEvent } from '../wire/stream.ts';
import type { Changes } from './changes.ts';
import { createLapses, type DayKey } from './lapses.ts';
import { datesAround, survey } from './survey.ts';
import { anyChange, type Changed, type ChangeEvent, concerns, eventsOf, type Topic } from './topic.ts';

/** One client. */
export interface Subscriber {
  send(chunk: Buffer): void;
  end(): void;
}

/** Tells every stream of this process what changes, on whichever instance it happened. */
export interface StreamHub {
  /** From now on the subscriber is told of changes of the topic. Returns how to stop; undefined when closed. */
  subscribe(topic: Topic, subscriber: Subscriber): (() => void) | undefined;
  /** How much is watched just now, and for how many. */
  readonly counts: { readonly subscribers: number; readonly topics: number; readonly timers: number };
  /** Ends all streams at once, and takes no more; resolves when nothing is being read any more. */
  close(): Promise<void>;
}

export interface StreamHubOptions {
  readonly changes: Changes;
  readonly shops: Pick<ShopSource, 'rules'>;
  readonly log: Pick<Logger, 'warn'>;
}

/** A topic and its clients. */
interface Channel extends Topic {
  readonly subscribers: Set<Subscriber>;
  /** The dates on which it depends; undefined is any. */
  dates: readonly string[] | undefined;
  /** Counts the readings of its days: the last one counts. */
  surveys: number;
}

const PING_MS = 15_000;
/** After a failed reading of days with holds. */
const RETRY_MS = 1_000;
/** That many changed days are not read one by one. */
const MANY_DAYS = 16;

/**
 * Clients that ask for the same share a channel: an event is written once for each channel. It is sent when its
 * change has been applied here, and for a hold when it lapses: the days of the channels are read for that.
 */
export function createStreamHub({ changes, shops, log }: StreamHubOptions): StreamHub {
  const source = { load: changes.load, rules: shops.rules };
  /** By shop, then by what is asked for. */
  const shopChannels = new Map<number, Map<string, Channel>>();
  const lapses = createLapses(changes.now, (key) => told([key]));
  const readings = new Set<Promise<void>>();
  const unread = new Set<Channel>();
  let retry: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let isBlind = false;
  let subscribers = 0;
  let closed = false;

  const channelsOf = (shopId: number) => shopChannels.get(shopId)?.values() ?? [];
  const allChannels = () => [...shopChannels.values()].flatMap((channels) => [...channels.values()]);
  const isWatched = (key: DayKey) =>
    [...channelsOf(key.shopId)].some((channel) => concerns(channel, channel.dates, key));

  function publish(channel: Channel, events: readonly ChangeEvent[], asOf: number): void {
    send(channel, Buffer.from(events.map((event) => wireChangeEvent(event, asOf)).join('')));
  }

  /** Passes on what changed; and days may have other holds now. */
  function told(all: readonly Changed[]): void {
    const asOf = changes.now();
    const days = new Set<DayKey>();
    for (const shopId of new Set(all.map((changed) => changed.shopId))) {
      for (const channel of channelsOf(shopId)) {
        const concerning = all.filter((changed) => concerns(channel, channel.dates, changed));
        if (concerning.length === 0) continue;
        publish(channel, eventsOf(channel, concerning), asOf);
        const isWide = concerning.length > MANY_DAYS || concerning.some(({ day }) => day === '');
        if (isWide) begin(look(channel));
        else for (const changed of concerning) days.add(changed);
      }
    }
    for (const key of days) begin(lookAt(key));
  }

  /** Others may have changed anything. */
  function caughtUp(): void {
    const asOf = changes.now();
    for (const channel of allChannels()) {
      publish(channel, [anyChange(channel)], asOf);
      begin(look(channel));
    }
  }

  function begin(reading: Promise<void>): void {
    readings.add(reading);
    void reading.finally(() => readings.delete(reading));
  }

  /** Reads what a channel depends on. */
  async function look(channel: Channel): Promise<void> {
    channel.surveys += 1;
    const turn = channel.surveys;
    const since = changes.now();
    channel.dates = datesAround(channel);
    try {
      for await (const { dates, days } of survey(channel, source, changes.now)) {
        if (channel.surveys !== turn || channel.subscribers.size === 0) return;
        channel.dates = dates;
        for (const day of days) lapses.note(channel.shopId, day, since);
      }
      isBlind = false;
    } catch (err) {
      lookAgain([channel], err);
    }
  }

  async function lookAt(key: DayKey): Promise<void> {
    const { shopId, barberId, day } = key;
    const since = changes.now();
    try {
      const days = await changes.load({ shopId, barberIds: [barberId], from: day, to: day });
      if (isWatched(key)) for (const loaded of days) lapses.note(shopId, loaded, since);
    } catch (err) {
      lookAgain(
        [...channelsOf(shopId)].filter((channel) => concerns(channel, channel.dates, key)),
        err,
      );
    }
  }

  function lookAgain(channels: readonly Channel[], err: unknown): void {
    for (const channel of channels) if (channel.subscribers.size > 0) unread.add(channel);
    if (unread.size === 0 || retry !== undefined) return;
    if (!isBlind) log.warn({ err }, 'Cannot see just now which holds will lapse: live streams may be late');
    isBlind = true;
    retry = setTimeout(() => {
      retry = undefined;
      const again = [...unread];
      unread.clear();
      for (const channel of again) begin(look(channel));
    }, RETRY_MS).unref();
  }

  function ping(): void {
    const chunk = Buffer.from(PING);
    for (const channel of allChannels()) send(channel, chunk);
  }

  function join(topic: Topic, subscriber: Subscriber): Channel {
    const channels = shopChannels.get(topic.shopId) ?? new Map<string, Channel>();
    shopChannels.set(topic.shopId, channels);
    const name = nameOf(topic);
    const existing = channels.get(name);
    const channel = existing ?? { ...topic, subscribers: new Set(), dates: datesAround(topic), surveys: 0 };
    channel.subscribers.add(subscriber);
    channels.set(name, channel);
    if (existing === undefined) begin(look(channel));
    return channel;
  }

  function leave(channel: Channel, subscriber: Subscriber): void {
    if (!channel.subscribers.delete(subscriber)) return;
    subscribers -= 1;
    if (subscribers === 0) {
      clearInterval(heartbeat);
      heartbeat = undefined;
    }
    if (channel.subscribers.size > 0) return;
    const { shopId } = channel;
    const channels = shopChannels.get(shopId);
    channels?.delete(nameOf(channel));
    if (channels?.size === 0) shopChannels.delete(shopId);
    unread.delete(channel);
    lapses.keepOnly(shopId, isWatched);
  }

  const stops = [
    // Whoever made the change is answered first: 1,000 streams take 15 ms.
    changes.onChange((all) => void setImmediate(told, all)),
    changes.onCaughtUp(caughtUp),
  ];

  return {
    subscribe(topic, subscriber) {
      if (closed) return undefined;
      subscribers += 1;
      heartbeat ??= setInterval(ping, PING_MS).unref();
      const channel = join(topic, subscriber);
      return () => leave(channel, subscriber);
    },
    get counts() {
      return { subscribers, topics: allChannels().length, timers: lapses.size };
    },
    async close() {
      closed = true;
      for (const stop of stops) stop();
      for (const channel of allChannels()) {
        for (const subscriber of channel.subscribers) {
          leave(channel, subscriber);
          subscriber.end();
        }
      }
      clearTimeout(retry);
      await Promise.all(readings);
    },
  };
}

function nameOf({ barberId, date }: Topic): string {
  return `${barberId ?? ''}/${date ?? ''}`;
}

function send({ subscribers }: { readonly subscribers: Set<Subscriber> }, chunk: Buffer): void {
  for (const subscriber of subscribers) subscriber.send(chunk);
}
