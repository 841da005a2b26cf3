import { pendingMigrations } from '../../../database/migrate.ts';
import { MigrationError } from '../../../database/migration-error.ts';
import type { Migration } from '../../../database/migration-files.ts';
import { type Judgement, ok, problem, warning } from '../finding.ts';
import type { PostgresFacts } from './measure.ts';

export function judgeMigrations(
  migrations: readonly Migration[],
  applied: PostgresFacts['applied'],
): Judgement {
  if (applied === undefined) {
    return warning('migrations', 'It is empty.', 'The first start fills it; or: freshchair migrate');
  }
  try {
    const pending = pendingMigrations(migrations, applied);
    return pending.length === 0
      ? ok('migrations', `All ${migrations.length} are applied.`)
      : warning(
          'migrations',
          `It lacks ${pending.map(({ name }) => name).join(', ')}.`,
          'The next start applies them; or: freshchair migrate',
        );
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const [message = '', fix = ''] = error.message.split(/: (?=[^:]*$)/);
    return problem('migrations', `${message}.`, fix);
  }
}
