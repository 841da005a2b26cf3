/** One barber's time: `barber@epoch ms`. */
export type SlotKey = string;

export const slotKey = (barberId: number, start: string): SlotKey => `${barberId}@${Date.parse(start)}`;

/** By `performance.now()` and by the wall clock, which Postgres on this machine shares. */
export interface Moment {
  readonly at: number;
  readonly wall: number;
}

/** An answer to a read. */
export interface Look {
  /** Number of the server that answered. */
  readonly server: number;
  readonly strong: boolean;
  readonly began: number;
  readonly ended: number;
  readonly asOf: number;
  readonly degraded: boolean;
  readonly offers: readonly SlotKey[];
  /** Listed as booked. */
  readonly withheld: readonly SlotKey[];
}

export interface Stale {
  readonly why: 'a strong read' | "the booking's own server" | 'too late elsewhere' | 'claims to be newer';
  readonly slot: SlotKey;
  /** What was acknowledged, and the answer did not show. */
  readonly acknowledged: 'booked' | 'freed';
  readonly server: number;
  /** From the acknowledgement to the beginning of the request. */
  readonly lagMs: number;
  /** What the acknowledgement allowed. */
  readonly allowedMs: number;
  readonly degraded: boolean;
}

export interface JudgeOptions {
  /** For how long after the acknowledgement a plain read elsewhere may still show what was before. */
  readonly allowedMs: () => number;
  /** The longest stall of the machine since then: allowed in addition, as it holds up feeds and us alike. */
  readonly stalledMs: (since: number) => number;
  /** Whether an answer of this server that says it is degraded may show what was before its `as_of`. */
  readonly mayBeCutOff: (server: number) => boolean;
}

interface Settled {
  readonly state: 'booked' | 'freed';
  readonly when: Moment;
  /** Where it was acknowledged; undefined where it may have happened elsewhere before. */
  readonly server: number | undefined;
}

/** Holds every answer against what was acknowledged before its request began. */
export interface Judge {
  /** Somebody is about to change it: until that is acknowledged, both answers are right. */
  open(slot: SlotKey): void;
  acknowledge(slot: SlotKey, state: 'booked' | 'freed', when: Moment, server: number | undefined): void;
  /** What the answer shows too late or too early; stale or within what is allowed. */
  look(look: Look): readonly Stale[];
}

export function createJudge({ allowedMs, stalledMs, mayBeCutOff }: JudgeOptions): Judge {
  const known = new Map<SlotKey, Settled>();

  function weigh(slot: SlotKey, shown: 'booked' | 'freed', look: Look): Stale | undefined {
    const settled = known.get(slot);
    if (settled === undefined || settled.state === shown || settled.when.at > look.began) return undefined;
    const lagMs = look.began - settled.when.at;
    const { server, degraded } = look;
    const about = { slot, acknowledged: settled.state, server, lagMs, degraded };
    // as_of is rounded to a millisecond.
    if (look.asOf > settled.when.wall + 1) return { ...about, why: 'claims to be newer', allowedMs: 0 };
    if (look.strong) return { ...about, why: 'a strong read', allowedMs: 0 };
    if (degraded && mayBeCutOff(server)) return undefined;
    if (settled.server === server) return { ...about, why: "the booking's own server", allowedMs: 0 };
    const stalled = stalledMs(settled.when.at);
    return { ...about, why: 'too late elsewhere', allowedMs: allowedMs() + stalled };
  }

  return {
    open: (slot) => known.delete(slot),
    acknowledge: (slot, state, when, server) => known.set(slot, { state, when, server }),
    look: (look) =>
      [
        ...look.offers.map((slot) => weigh(slot, 'freed', look)),
        ...look.withheld.map((slot) => weigh(slot, 'booked', look)),
      ].filter((stale) => stale !== undefined),
  };
}

export const isStale = ({ lagMs, allowedMs, why }: Stale): boolean =>
  why !== 'too late elsewhere' || lagMs > allowedMs;
