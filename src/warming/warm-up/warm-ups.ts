import type { Kysely } from 'kysely';
import type { WarmUpProgress, WarmUpStats } from '../../availability/cache/warm-up.ts';
import type { CachedSource } from '../../availability/cached-source.ts';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import {
  finishWarmUp,
  insertWarmUp,
  noteProgress,
  selectWarmUp,
  type WarmUpOrder,
  type WarmUpRecord,
} from './rows.ts';

export interface WarmUpsOptions {
  readonly db: Kysely<Database>;
  readonly source: Pick<CachedSource, 'warm'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Between two notes of how far one is; default a second. */
  readonly noteEveryMs?: number;
}

/** Warm-ups of this process, with a row each, by which every instance tells of them. */
export interface WarmUps {
  /** Notes what is to be done, in the caller's transaction or by itself; `run` does it. */
  note(db: Kysely<Database>, order: WarmUpOrder): Promise<WarmUpRecord>;
  /** Does it. Resolves when it has ended, however that was: what failed is in the record. */
  run(noted: WarmUpRecord): Promise<WarmUpRecord>;
  /** Undefined for another shop's. */
  find(shopId: number, id: number): Promise<WarmUpRecord | undefined>;
  /** Those that run end as failed. */
  close(): Promise<void>;
}

const NOTE_EVERY_MS = 1_000;
const STOPPED =
  'The server was stopped before it was done. Start it again: what was loaded is not loaded twice.';
const NOTHING_LOADED =
  'Nothing could be loaded: Postgres did not answer. Look at /health, and start it again.';
const BROKE_OFF = 'It broke off. The log says why.';

type End = Pick<WarmUpRecord, 'status' | 'stats' | 'failure'>;

export function createWarmUps({ db, source, log, noteEveryMs = NOTE_EVERY_MS }: WarmUpsOptions): WarmUps {
  const closing = new AbortController();
  const running = new Set<Promise<WarmUpRecord>>();

  async function work({ id, shopId, from, to, barberIds, stats }: WarmUpRecord): Promise<End> {
    let soFar: WarmUpStats = stats;
    const noting = noteRegularly(id, () => soFar);
    try {
      const onProgress = ({ done: _, total: __, ...rest }: WarmUpProgress) => {
        soFar = rest;
      };
      const { signal } = closing;
      soFar = await source.warm({ shopId, from, to, barberIds: barberIds ?? undefined, onProgress, signal });
      const isVain = soFar.errors > 0 && soFar.cached + soFar.alreadyFresh === 0;
      return { status: isVain ? 'failed' : 'done', stats: soFar, failure: isVain ? NOTHING_LOADED : null };
    } catch (err) {
      if (closing.signal.aborted) return { status: 'failed', stats: soFar, failure: STOPPED };
      log.warn({ err, warmUp: id }, 'A warm-up broke off');
      return { status: 'failed', stats: soFar, failure: BROKE_OFF };
    } finally {
      await noting.stop();
    }
  }

  /** A note that is late is waited for: it would come after the last one. */
  function noteRegularly(id: number, stats: () => WarmUpStats): { stop(): Promise<void> } {
    let writing: Promise<void> | undefined;
    const timer = setInterval(() => {
      writing ??= noteProgress(db, id, stats())
        .catch((err: unknown) => log.warn({ err, warmUp: id }, 'The progress of a warm-up was not noted'))
        .finally(() => {
          writing = undefined;
        });
    }, noteEveryMs).unref();
    return {
      async stop() {
        clearInterval(timer);
        await writing;
      },
    };
  }

  async function toItsEnd(noted: WarmUpRecord): Promise<WarmUpRecord> {
    const end = await work(noted);
    const { status, stats } = end;
    log.info({ warmUp: noted.id, shop: noted.shopId, status, ...stats }, 'A warm-up has ended');
    try {
      return await finishWarmUp(db, noted.id, end);
    } catch (err) {
      log.warn({ err, warmUp: noted.id }, 'The end of a warm-up was not noted');
      return { ...noted, ...end };
    }
  }

  return {
    note: insertWarmUp,
    run(noted) {
      const run = toItsEnd(noted).finally(() => running.delete(run));
      running.add(run);
      return run;
    },
    find: (shopId, id) => selectWarmUp(db, shopId, id),
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}
