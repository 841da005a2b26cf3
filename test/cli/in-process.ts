import { type Command, CommanderError } from 'commander';
import { vi } from 'vitest';
import { reportFailure } from '../../src/cli/failure.ts';
import { SETTINGS } from '../../src/config.ts';
import type { Finished } from './freshchair.ts';

/**
 * What the program would print and end with, without a process of its own, which takes half a second to start: for
 * the many cases of a command of which `run` has shown that it is there.
 */
export async function runHere(
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const record = (stream: keyof typeof written) => (chunk: unknown) => {
    written[stream] += String(chunk);
    return true;
  };
  for (const name of Object.keys(SETTINGS.properties)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line) => record('stdout')(`${line}\n`)),
    vi.spyOn(console, 'error').mockImplementation((line) => record('stderr')(`${line}\n`)),
    vi.spyOn(process.stderr, 'write').mockImplementation(record('stderr')),
  ];
  const codeBefore = process.exitCode;
  process.exitCode = undefined;
  try {
    for (const one of family(command))
      one.exitOverride().configureOutput({ writeOut: record('stdout'), writeErr: record('stderr') });
    await command.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
      if (error instanceof CommanderError) process.exitCode = error.exitCode;
      else reportFailure(error);
    });
    return { code: Number(process.exitCode ?? 0), ...written };
  } finally {
    process.exitCode = codeBefore;
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

function family(command: Command): Command[] {
  return [command, ...command.commands.flatMap(family)];
}
