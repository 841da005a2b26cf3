import type { Kysely } from 'kysely';
import type { Held } from '../../availability/cache/inspection.ts';
import { raiseVersions } from '../../availability/cache/version-queries.ts';
import type { CachedSource } from '../../availability/cached-source.ts';
import type { Target } from '../../availability/loading/target.ts';
import type { KindName } from '../../availability/loading/watcher.ts';
import type { AvailabilitySource, Loaded, ShopSource } from '../../availability/source.ts';
import { isUnreachable } from '../../database/errors.ts';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { type Actual, compare } from './comparison.ts';
import { createFinds, type Find, type Found } from './finds.ts';
import { createRounds } from './rounds.ts';
import { createTruth } from './truth.ts';

export interface DriftState extends Found {
  /** When this instance last compared something (epoch ms), and how many values it has compared since the start. */
  readonly lastAuditAt: number | null;
  readonly audited: number;
}

export interface DriftAuditor {
  start(): void;
  /** One round, at once; resolves to how many values were compared. */
  audit(): Promise<number>;
  driftState(): DriftState;
  /** Resolves when nothing is being compared any more. */
  close(): Promise<void>;
}

export interface DriftAuditorOptions {
  readonly source: Pick<CachedSource, 'inspection' | 'invalidate' | 'now'>;
  /** Straight from Postgres. */
  readonly truth: AvailabilitySource & ShopSource;
  readonly db: Kysely<Database>;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** Names this process among all. */
  readonly instance: string;
  /** Between two rounds, give or take a quarter; default 10 s. */
  readonly everyMs?: number;
  /** Days of a barber that are compared in a round; default 10. */
  readonly days?: number;
  /** From 0 to 1; default `Math.random`. */
  readonly random?: () => number;
}

/** Of what is cached, much may be too old to be given to anybody: so many are looked at to find something to compare. */
const LOOKS = 10;
/** Postgres may look at a hold this much later (ms) than our idea of its clock says. */
const SLACK_MS = 1_000;

/**
 * Compares what is cached with Postgres, a little at a time. Values of the same versions were read from the same state,
 * so that they differ only by a fault: a trigger that is missing, a value that was forged, a mistake of ours. What was
 * found is logged, recorded and made unusable everywhere.
 */
export function createDriftAuditor(options: DriftAuditorOptions): DriftAuditor {
  const { source, truth, db, log, instance } = options;
  const { everyMs = 10_000, days = 10, random = Math.random } = options;
  const { inspection } = source;
  const nextRound = createRounds(inspection, days);
  const actualOf = createTruth(truth, inspection);
  const finds = createFinds(db, instance);
  let audited = 0;
  let lastAuditAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function auditRound(): Promise<number> {
    const history = inspection.history();
    if (history === undefined) return 0;
    const compared = await compareNext(history);
    if (compared > 0) lastAuditAt = Math.floor(source.now());
    audited += compared;
    await finds.exchange();
    return compared;
  }

  async function compareNext(history: string): Promise<number> {
    for (let looks = 0; looks < LOOKS; looks++) {
      const round = nextRound();
      const held = round && (await inspection.look(round.kind, round.targets));
      if (round === undefined) return 0;
      if (held === undefined || held.length === 0) continue;
      const actual = await actualOf(round.kind, held);
      const asked = source.now();
      const repaired = new Set<string>();
      for (const one of held) {
        const { key } = one.target;
        const now = actual.get(key);
        // What lies in both tiers was dropped from both.
        if (now === undefined || repaired.has(key)) continue;
        const lapsedBy = Math.max(asked, now.loadedAt) + SLACK_MS;
        const comparison = compare(round.kind, one.loaded, now, lapsedBy);
        if (comparison === 'same' || comparison === 'old') continue;
        if (!(await isOf(history, round.kind, one.target))) return held.length;
        repaired.add(key);
        tell(one, now);
        await repair(one, comparison === 'ahead');
      }
      return held.length;
    }
    return 0;
  }

  /** Postgres may have been replaced by a backup, and the feed not have noticed yet. */
  async function isOf(history: string, kind: KindName, target: Target): Promise<boolean> {
    const { history: present } = await inspection.current(kind, target);
    return present === history && inspection.history() === history;
  }

  function tell({ tier, target, loaded }: Held, actual: Actual): void {
    const find: Find = {
      at: Math.floor(source.now()),
      tier,
      key: target.key,
      cached: withoutNames(loaded),
      actual: actual.value === undefined ? null : withoutNames(actual),
    };
    finds.add(find);
    log.error({ drift: find }, 'A cached value is not what Postgres says: it is dropped on all instances');
  }

  async function repair({ target, loaded }: Held, isAhead: boolean): Promise<void> {
    const { shopId, barberId, day } = target;
    // Otherwise it would still be no older than what is loaded instead.
    if (isAhead) await raiseVersions(db, target, loaded.versions);
    await source.invalidate({
      shopId,
      ...(barberId !== 0 && { barberIds: [barberId] }),
      ...(day !== '' && { from: day, to: day }),
    });
  }

  function audit(): Promise<number> {
    const round = running.then(auditRound).catch((err: unknown) => {
      // Without Postgres there is nothing to compare with, and others say that it is away.
      if (!isUnreachable(err)) log.warn({ err }, 'Could not compare what is cached with Postgres');
      return 0;
    });
    running = round;
    return round;
  }

  function schedule(): void {
    const pause = everyMs * (0.75 + random() / 2);
    timer = setTimeout(() => void audit().then(() => closed || schedule()), pause).unref();
  }

  return {
    start() {
      if (timer === undefined && !closed) schedule();
    },
    audit,
    driftState: () => ({ ...finds.found(), lastAuditAt, audited }),
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Logs hold nothing personal, and rules name the barbers. */
function withoutNames({ value, versions, loadedAt }: Loaded<unknown>): Loaded<unknown> {
  const { barbers, ...rest }: Partial<ShopRules> = Object(value);
  const { shop, barber, day } = versions;
  return {
    value: barbers === undefined ? value : { ...rest, barbers: barbers.map(({ name: _, ...one }) => one) },
    versions: { shop, barber, day },
    loadedAt,
  };
}
