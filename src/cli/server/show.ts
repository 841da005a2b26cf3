import { type Screen, screenOf } from '../terminal/screen.ts';
import type { Question } from './request.ts';
import type { ServerOptions } from './server-command.ts';
import { type Answer, withServer } from './session.ts';

export type Render<T> = (answer: T, screen: Screen) => string;

/** Asks the server, and prints what it answers. */
export async function show<T>(
  options: ServerOptions,
  path: string,
  render: Render<T>,
  question?: Question,
): Promise<void> {
  await withServer(options, async (server) => print(options, await server.ask<T>(path, question), render));
}

/** Laid out for people, or with --json as it came. */
export function print<T>(
  { json = false }: ServerOptions,
  { text, body }: Answer<T>,
  render: Render<T>,
): void {
  console.log(json ? text : render(body, screenOf(process.stdout)));
}
