import type { Watcher } from '../../support/proxy-passage.ts';
import { createRespReader, type Resp } from '../../support/resp.ts';

/** A look into Redis for values, as it went over the wire. */
export interface Look {
  readonly keys: readonly string[];
  readonly found: readonly (Buffer | null)[];
  /** Epoch ms of the answer. */
  readonly at: number;
}

/**
 * Sees what a process asks of Redis and hears: the looks for values, but for those of a loader who has just claimed the
 * same keys and looks once more.
 */
export function createRedisWatcher(onLook: (look: Look) => void): Watcher {
  return () => {
    const [readCommands, readReplies] = [createRespReader(), createRespReader()];
    const asked: { readonly name: string; readonly keys: readonly string[] }[] = [];
    const claimed: string[] = [];
    return {
      asked(chunk) {
        for (const command of readCommands(chunk)) asked.push(commandOf(command));
      },
      answered(chunk) {
        for (const reply of readReplies(chunk)) {
          const command = asked.shift();
          if (command === undefined) throw new Error('Redis answered what nobody asked');
          const keys = command.keys.join();
          if (command.name !== 'mget') {
            const claims = command.keys.filter((key) => key.endsWith(':claim'));
            if (claims.length > 0 && Array.isArray(reply))
              claimed.push(claims.map((key) => key.slice(0, -':claim'.length)).join());
          } else if (claimed.includes(keys)) claimed.splice(claimed.indexOf(keys), 1);
          else if (Array.isArray(reply)) onLook({ keys: command.keys, found: reply, at: Date.now() });
        }
        return true;
      },
    };
  };
}

function commandOf(command: Resp): { name: string; keys: string[] } {
  const [name = '', ...args] = (Array.isArray(command) ? command : []).map(String);
  const isScript = /^eval(sha)?$/i.test(name);
  const keys = isScript ? args.slice(2, 2 + Number(args[1])) : args;
  return { name: name.toLowerCase(), keys };
}

/** Counts how often a client says each of these texts, in whatever pieces they come. */
export function createTextCounter(texts: readonly string[]) {
  const counts = new Map(texts.map((text) => [text, 0]));
  const longest = Math.max(...texts.map(({ length }) => length));
  const watcher: Watcher = () => {
    let before = '';
    return {
      asked(chunk) {
        const said = before + chunk.toString('latin1');
        for (const text of texts) {
          const seenBefore = before.split(text).length - 1;
          counts.set(text, (counts.get(text) ?? 0) + said.split(text).length - 1 - seenBefore);
        }
        before = said.slice(-longest);
      },
      answered: () => true,
    };
  };
  return { watcher, of: (text: string) => counts.get(text) ?? 0 };
}
