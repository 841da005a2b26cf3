import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MigrationError } from './migration-error.ts';

export interface Migration {
  /** The file's name without `.sql`: `0001_accounts`. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
const OWN_FILES = fileURLToPath(new URL('./migrations', import.meta.url));

/** Reads the migrations in order, by default ours (beside this module, in `src` as in `dist`). */
export async function readMigrations(directory: string = OWN_FILES): Promise<readonly Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const file of files) {
    const number = NAME.exec(file)?.[1];
    if (!number) {
      throw new MigrationError('bad_name', `The migration "${file}" is not named like 0001_lower_case.sql.`);
    }
    if (numbers.has(number))
      throw new MigrationError('bad_name', `Two migrations have the number ${number}.`);
    numbers.add(number);
  }
  return Promise.all(files.map((file) => readMigration(directory, file)));
}

async function readMigration(directory: string, file: string): Promise<Migration> {
  // Git may have written other line ends on this machine than on the one that applied it.
  const sql = (await readFile(join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
  return {
    name: file.slice(0, -'.sql'.length),
    sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
  };
}
