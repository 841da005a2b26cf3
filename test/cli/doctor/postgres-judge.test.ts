import { describe, expect, it } from 'vitest';
import { judgePassage, judgePostgres } from '../../../src/cli/doctor/postgres/judge.ts';
import type { PostgresFacts } from '../../../src/cli/doctor/postgres/measure.ts';
import type { Pooling } from '../../../src/cli/doctor/postgres/passage.ts';
import { of, those, withoutFix } from './verdicts.ts';

const WELL: PostgresFacts = {
  versionNumber: 180_004,
  inRecovery: false,
  readOnly: false,
  encoding: 'UTF8',
  fsync: true,
  extension: 'installed',
  mayCreate: { inDatabase: true, inSchema: true },
  closedTables: [],
  disabledTriggers: [],
  triggersPassedBy: false,
  notifies: true,
  applied: [],
  freeConnections: 77,
  clockAheadMs: -40,
  latencyMs: 0.4,
};

describe('a Postgres', () => {
  it('that is well has nothing to be fixed', () => {
    expect(those('ok', judgePostgres(WELL))).toHaveLength(judgePostgres(WELL).length);
  });

  it.each<[string, string, 'warning' | 'problem', Partial<PostgresFacts>, RegExp]>([
    ['is too old', 'version', 'problem', { versionNumber: 140_011 }, /needs PostgreSQL 15/],
    ['cannot write every name', 'version', 'problem', { encoding: 'LATIN1' }, /LATIN1/],
    ['is a standby', 'writes', 'problem', { inRecovery: true }, /standby/],
    ['takes no writes', 'writes', 'problem', { readOnly: true }, /default_transaction_read_only/],
    ['does not survive a loss of power', 'durability', 'warning', { fsync: false }, /fsync/],
    ['lacks an extension', 'btree_gist', 'problem', { extension: 'missing' }, /not on this server/],
    [
      'lets nobody install it',
      'btree_gist',
      'problem',
      { extension: 'available', mayCreate: { inDatabase: false, inSchema: true } },
      /may not/,
    ],
    [
      'is of somebody else',
      'privileges',
      'problem',
      { closedTables: ['barber', 'booking', 'hours', 'shop', 'user'] },
      /barber, booking, hours and 2 more/,
    ],
    [
      'lets no tables be made',
      'privileges',
      'problem',
      { mayCreate: { inDatabase: true, inSchema: false } },
      /no tables/,
    ],
    [
      'lets no schema be made',
      'privileges',
      'warning',
      { mayCreate: { inDatabase: false, inSchema: true } },
      /no schema/,
    ],
    [
      'does not notice changes',
      'triggers',
      'problem',
      { disabledTriggers: ['booking.count_versions'] },
      /booking\.count_versions/,
    ],
    ['passes triggers by', 'triggers', 'problem', { triggersPassedBy: true }, /session_replication_role/],
    ['tells nobody of changes', 'triggers', 'warning', { notifies: false }, /freshchair\.notify/],
    ['has no room for a server', 'connections', 'warning', { freeConnections: 11 }, /room for 11 more/],
    ['has a clock that is off', 'clock', 'warning', { clockAheadMs: 5_000 }, /5 s ahead/],
    ['has a clock that is far off', 'clock', 'problem', { clockAheadMs: -90_000 }, /1 min 30 s behind/],
    ['is far away', 'latency', 'warning', { latencyMs: 12 }, /12 ms/],
  ])('that %s is told so', (_, check, verdict, facts, message) => {
    const judgements = judgePostgres({ ...WELL, ...facts });
    expect(of(check, judgements)).toMatchObject({ verdict, message: expect.stringMatching(message) });
    expect(those('problem', judgements)).toEqual(verdict === 'problem' ? [check] : []);
    expect(withoutFix(judgements)).toEqual([]);
  });
});

describe('what is between Postgres and us', () => {
  it.each<[Pooling, number | undefined, string]>([
    ['direct', 1, 'ok'],
    ['session', 1, 'ok'],
    ['transaction', undefined, 'warning'],
    ['statement', undefined, 'problem'],
    ['starved', undefined, 'problem'],
  ])('%s', (pooling, notifiedInMs, verdict) => {
    const judgements = judgePassage({ pooling, notifiedInMs });
    expect(of('pooler', judgements).verdict).toBe(verdict);
    expect(withoutFix(judgements)).toEqual([]);
  });

  it('may swallow notifications', () => {
    const judgements = judgePassage({ pooling: 'direct', notifiedInMs: undefined });
    expect(of('notifications', judgements).verdict).toBe('warning');
  });
});
