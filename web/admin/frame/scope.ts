import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me, Shop } from '../../api/wire.ts';

/** The shop that is administered, and by whom. */
export interface Scope {
  /** As the address names it; undefined is the first shop. */
  readonly slug: string | undefined;
  readonly shop: Shop;
  readonly me: Me;
  /** After something that the frame shows has changed: the shop's name, or one's own role. */
  readonly reload: () => void;
}

const ScopeContext = createContext<Scope | undefined>(undefined);
export const ScopeProvider = ScopeContext.Provider;

/** Only below `ScopeProvider`. */
export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === undefined) throw new Error('There is no shop around this');
  return scope;
}
