import type { MissCause } from '../counting/stats.ts';
import type { Loaded } from '../source.ts';
import type { ForgivingStore } from '../store/forgiving-store.ts';
import { judge } from '../versions.ts';
import { isAcceptable, type Standpoint } from './decisions.ts';
import { asOfKind } from './kind.ts';
import type { Target } from './target.ts';

/** What may be used of what lies in the store that processes share. */
export interface Look<T> {
  /** In the order of the targets. */
  readonly values: readonly (Loaded<T> | undefined)[];
  /** Why a value is none of them. */
  readonly causes: readonly (MissCause | undefined)[];
  /** The store did not answer. */
  readonly isSilent: boolean;
}

export interface Usable {
  readonly key: string;
  readonly loaded: Loaded<unknown>;
}

export interface SharedLookOptions {
  readonly shared: ForgivingStore;
  /** From where values are judged at this moment. */
  readonly standpoints: () => (target: Target) => Standpoint;
  /** Told of the values that may be used. */
  readonly onFound: (found: readonly Usable[]) => void;
  /** Why something is not there, as far as can be told. */
  readonly whyAbsent: (target: Target) => MissCause;
}

/** Looks for all of the targets at once. Values of another history are dropped: no new one would replace them. */
export function createSharedLook<T>({ shared, standpoints, onFound, whyAbsent }: SharedLookOptions) {
  return async function look(targets: readonly Target[]): Promise<Look<T>> {
    if (targets.length === 0) return { values: [], causes: [], isSilent: false };
    const found = await shared.getMany(targets.map(({ key }) => key));
    if (found === undefined) return { values: [], causes: targets.map(() => 'away'), isSilent: true };
    const standpoint = standpoints();
    const usable: Usable[] = [];
    const foreign: string[] = [];
    const causes = new Array<MissCause | undefined>(targets.length).fill(undefined);
    const values = targets.map((target, i) => {
      const loaded = found[i];
      if (loaded === undefined || loaded === 'undecodable') {
        causes[i] = loaded ?? whyAbsent(target);
        return undefined;
      }
      const from = standpoint(target);
      if (loaded.loadedAt < from.known.since) foreign.push(target.key);
      if (!isAcceptable(loaded, from)) {
        causes[i] = whyRefused(loaded, from);
        return undefined;
      }
      usable.push({ key: target.key, loaded });
      return asOfKind<T>(loaded);
    });
    if (foreign.length > 0) void shared.drop(foreign);
    onFound(usable);
    return { values, causes, isSilent: false };
  };
}

function whyRefused(loaded: Loaded<unknown>, { known, now, ttlMs }: Standpoint): MissCause {
  const verdict = judge(loaded, known, now, ttlMs);
  return verdict === 'acceptable' ? 'notFollowing' : verdict;
}
