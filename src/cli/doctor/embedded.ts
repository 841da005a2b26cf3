import { access, constants, lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from '../../database/embedded/errors.ts';
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
  const place = (await isThere(dataDir)) ? dataDir : dirname(dataDir);
  const mayWrite = await access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
  return mayWrite
    ? ok('data', `There is none in ${dataDir} yet: the first start makes it.`)
    : problem(
        'data',
        `There is none in ${dataDir}, and this account may not write there.`,
        'Set DATA_DIR to a folder that it may write to, or set DATABASE_URL.',
      );
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
