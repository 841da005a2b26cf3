import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from '../failure.ts';

/** Questions go to standard error: standard output is for the answer of the command. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** What is typed is not shown. */
export async function askPassword(question: string): Promise<string> {
  process.stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await answerOf('', silence);
  } finally {
    process.stderr.write('\n');
  }
}

/** Whether the answer was yes; nothing typed is no. */
export async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await answerOf(`${question} [y/N] `, process.stderr)).trim());
}

async function answerOf(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const leaving = new AbortController();
  // Ctrl-C and Ctrl-D both end the question.
  lines.once('SIGINT', () => leaving.abort()).once('close', () => leaving.abort());
  try {
    return await lines.question(question, { signal: leaving.signal });
  } catch (cause) {
    throw new CommandError('Nothing was done.', { cause });
  } finally {
    lines.close();
  }
}
