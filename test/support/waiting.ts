import type { TestDatabase } from './test-database.ts';

/** Resolves when this many statements of the database wait for a lock. */
export async function untilWaiting({ pool }: Pick<TestDatabase, 'pool'>, statements = 1): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ waiting: number }>(
      `select count(*)::integer as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) >= statements) return;
  }
}

/** For what nobody announces: asks every 50 ms until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
