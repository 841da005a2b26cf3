import { requireSupportedVersion } from '../../../database/migrate.ts';
import { MigrationError } from '../../../database/migration-error.ts';
import { count, milliseconds, seconds } from '../../terminal/numbers.ts';
import { type Judgement, ok, problem, warning } from '../finding.ts';
import type { PostgresFacts } from './measure.ts';
import type { Passage } from './passage.ts';

export function judgePostgres(facts: PostgresFacts): Judgement[] {
  return [
    judgeVersion(facts),
    judgeWrites(facts),
    judgeDurability(facts),
    judgeExtension(facts),
    judgePrivileges(facts),
    judgeTriggers(facts),
    judgeConnections(facts),
    judgeClock(facts),
    judgeLatency(facts),
  ];
}

function judgeVersion({ versionNumber, encoding }: PostgresFacts): Judgement {
  const version = `PostgreSQL ${Math.floor(versionNumber / 10_000)}.${versionNumber % 10_000}`;
  try {
    requireSupportedVersion(versionNumber);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return problem('version', error.message, 'Upgrade it, or name another one in DATABASE_URL.');
  }
  return encoding === 'UTF8'
    ? ok('version', `${version}.`)
    : problem(
        'version',
        `${version}, whose database has the encoding ${encoding}: not every name can be written there.`,
        "Make it anew: create database … encoding 'UTF8' template template0.",
      );
}

function judgeWrites({ inRecovery, readOnly }: PostgresFacts): Judgement {
  if (inRecovery) {
    return problem(
      'writes',
      'It is a standby, or is being restored: nothing can be booked.',
      'Name the primary in DATABASE_URL, or promote this one.',
    );
  }
  return readOnly
    ? problem(
        'writes',
        'It takes no writes: default_transaction_read_only is on.',
        'alter database … reset default_transaction_read_only (and the same of the role).',
      )
    : ok('writes', 'It takes writes.');
}

function judgeDurability({ fsync }: PostgresFacts): Judgement {
  return fsync
    ? ok('durability', 'What is booked is on its disk.')
    : warning(
        'durability',
        'A loss of power may lose everything: fsync is off.',
        'alter system set fsync = on',
      );
}

function judgeExtension({ extension, mayCreate }: PostgresFacts): Judgement {
  if (extension === 'installed') return ok('btree_gist', 'The extension is there.');
  if (extension === 'missing') {
    return problem(
      'btree_gist',
      'The extension is not on this server.',
      'Install the package postgresql-contrib of its version.',
    );
  }
  return mayCreate.inDatabase
    ? ok('btree_gist', 'The extension can be installed, which the first start does.')
    : problem(
        'btree_gist',
        'The extension is not installed, and this role may not do it.',
        'As a superuser, in this database: create extension btree_gist',
      );
}

function judgePrivileges({ mayCreate, closedTables }: PostgresFacts): Judgement {
  if (closedTables.length > 0) {
    return problem(
      'privileges',
      `This role may not read and change ${listOf(closedTables)}: somebody else made them.`,
      'Name in DATABASE_URL the role that made them, or: alter table … owner to ….',
    );
  }
  if (!mayCreate.inSchema) {
    return problem(
      'privileges',
      'This role may make no tables, so nothing can be migrated.',
      'grant create on schema public to …, or make it the owner of the database.',
    );
  }
  return mayCreate.inDatabase
    ? ok('privileges', 'This role may do what is needed.')
    : warning(
        'privileges',
        'This role may make no schema in the database: jobs have one of their own.',
        'grant create on database … to …, or make it the owner of the database.',
      );
}

function judgeTriggers({ disabledTriggers, triggersPassedBy, notifies }: PostgresFacts): Judgement {
  if (triggersPassedBy) {
    return problem(
      'triggers',
      'They are passed by, so no change is noticed: session_replication_role is replica.',
      'alter role … reset session_replication_role (and the same of the database).',
    );
  }
  if (disabledTriggers.length > 0) {
    return problem(
      'triggers',
      `Changes are not noticed, and old availability is shown: ${listOf(disabledTriggers)} are turned off.`,
      'alter table … enable trigger all, then: freshchair cache invalidate settings',
    );
  }
  return notifies
    ? ok('triggers', 'Every change counts up its version.')
    : warning(
        'triggers',
        'Nobody is notified of changes: freshchair.notify is off. They are seen within 250 ms.',
        'alter database … reset freshchair.notify (and the same of the role).',
      );
}

/** Of each server: its pool, and two that follow changes. */
const CONNECTIONS_OF_A_SERVER = 13;

function judgeConnections({ freeConnections: free }: PostgresFacts): Judgement {
  const message = `There is room for ${count(free)} more; each server takes up to ${CONNECTIONS_OF_A_SERVER}.`;
  return free >= CONNECTIONS_OF_A_SERVER
    ? ok('connections', message)
    : warning(
        'connections',
        message,
        'Raise max_connections (or the limit of the role or database), or stop what does not need them.',
      );
}

const CLOCK_WARNING_MS = 2_000;
const CLOCK_PROBLEM_MS = 60_000;

function judgeClock({ clockAheadMs }: PostgresFacts): Judgement {
  const off = Math.abs(clockAheadMs);
  if (off < CLOCK_WARNING_MS) return ok('clock', 'It agrees with the clock of this machine.');
  const message = `It is ${seconds(off / 1000)} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} the clock of this machine.`;
  const fix = 'Let both follow the same time servers (chrony, systemd-timesyncd).';
  return off < CLOCK_PROBLEM_MS ? warning('clock', message, fix) : problem('clock', message, fix);
}

/** A page that is not cached takes a handful of statements. */
const SLOW_MS = 5;

function judgeLatency({ latencyMs }: PostgresFacts): Judgement {
  const message = `It answers in ${milliseconds(latencyMs)} (median).`;
  return latencyMs < SLOW_MS
    ? ok('latency', message)
    : warning('latency', message, 'Run the server nearer to Postgres: in the same data centre.');
}

export function judgePassage({ pooling, notifiedInMs }: Passage): Judgement[] {
  if (pooling === 'starved') {
    return [
      problem(
        'pooler',
        'A pooler has one connection for all of us, so all but one wait for ever.',
        `Raise default_pool_size there: ${CONNECTIONS_OF_A_SERVER} for each server.`,
      ),
    ];
  }
  if (pooling === 'statement') {
    return [
      problem(
        'pooler',
        'A pooler hands connections on after each statement: nothing can be booked without transactions.',
        'Set pool_mode = session there, or name Postgres itself in DATABASE_URL.',
      ),
    ];
  }
  if (pooling === 'transaction') {
    return [
      warning(
        'pooler',
        'A pooler hands connections on after each transaction: changes of other servers are seen by polls alone (250 ms), and limits of time do not hold.',
        'Name Postgres itself in DATABASE_URL, or a pool with pool_mode = session.',
      ),
    ];
  }
  return [
    ok(
      'pooler',
      pooling === 'direct'
        ? 'Nothing is between it and us.'
        : 'A pooler is between, and leaves each of us a connection (session mode).',
    ),
    notifiedInMs === undefined
      ? warning(
          'notifications',
          'They do not arrive: changes of other servers are seen by polls alone (250 ms).',
          'Name Postgres itself in DATABASE_URL.',
        )
      : ok('notifications', `They arrive, in ${milliseconds(notifiedInMs)}.`),
  ];
}

const SHOWN = 3;

function listOf(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
