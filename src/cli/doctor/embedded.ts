import { access, constants, lstat, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError, systemErrorCode } from '../../database/embedded/errors.ts';
import { startEmbeddedPostgres } from '../../database/embedded.ts';
import { explain } from '../failure.ts';
import { type Judgement, ok, problem } from './finding.ts';
import { checkPostgres } from './postgres/check.ts';

/** The Postgres of our own: started for this where it is not running, and left alone by a server that has it. */
export async function checkEmbedded(dataDir: string): Promise<Judgement[]> {
  if (!(await isThere(join(dataDir, 'postgres')))) return [await judgeEmptyPlace(resolve(dataDir))];
  const silent = { info() {}, warn() {} };
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: silent });
    try {
      return [
        ok('data', `Its own, in ${postgres.home}.`),
        ...(await checkPostgres(postgres.connectionString)),
      ];
    } finally {
      await postgres.close();
    }
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError)) throw error;
    const [message = '', fix = ''] = error.message.split(/: (?=[^:]*$)/);
    return [
      error.code === 'data_in_use'
        ? ok('data', `${message}. Only that server can look at it: see what it says of its database below.`)
        : problem('data', message, fix || explain(error)),
    ];
  }
}

async function judgeEmptyPlace(dataDir: string): Promise<Judgement> {
  return (await mayMakeFolder(dataDir))
    ? ok('data', `There is none in ${dataDir} yet: the first start makes it.`)
    : problem(
        'data',
        `There is none in ${dataDir}, and this account cannot make it there.`,
        'Set DATA_DIR to a folder that it may write to, or set DATABASE_URL.',
      );
}

/** Whether the nearest that is there of it, and of what it is in, is a folder to write to. */
async function mayMakeFolder(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    await access(path, constants.W_OK | constants.X_OK);
    return found.isDirectory();
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' && path !== dirname(path) && mayMakeFolder(dirname(path));
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
