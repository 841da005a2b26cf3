import fc from 'fast-check';
import { compareEverything, type Written } from './looks.ts';
import type { Servers } from './servers.ts';
import type { Shop } from './shop.ts';

export interface Step<T> {
  readonly name: string;
  readonly parameters: fc.Arbitrary<T>;
  /** Whether there is something to do it to. */
  readonly isPossible?: (shop: Shop) => boolean;
  /** Does it on both sides, compares what is answered, and says who wrote. */
  readonly run: (
    shop: Shop,
    servers: Servers,
    parameters: T,
    process: number,
  ) => Promise<Written | undefined>;
}

export type Commands = fc.Arbitrary<fc.AsyncCommand<Shop, Servers>>;

/** A command on either process, after which every day is compared. */
export function command<T>({ name, parameters, isPossible = () => true, run }: Step<T>): Commands {
  return fc.tuple(parameters, fc.nat(1)).map(([given, process]) => ({
    check: (shop) => isPossible(shop),
    async run(shop, servers) {
      shop.steps += 1;
      const written = await run(shop, servers, given, process);
      await compareEverything(shop, servers, written ?? { by: process });
    },
    toString: () => `${name}(${JSON.stringify(given)}) on ${process}`,
  }));
}

/** The one that is meant by any number. */
export function picked<T>(list: readonly T[], pick: number): T {
  const item = list[pick % list.length];
  if (item === undefined) throw new Error('There is none to pick');
  return item;
}
