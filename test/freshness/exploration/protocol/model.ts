import type { Model } from '../explore.ts';
import { createAsking } from './asking.ts';
import { createChanges } from './changes.ts';
import { keyOf } from './key.ts';
import { createLoading } from './loading.ts';
import type { Rules } from './rules.ts';
import { initialState, type State } from './state.ts';

/** Two writers and some readers on two instances, who go by these rules. */
export function createModel(rules: Rules, readers = 2): Model<State> {
  const parts = [createChanges(rules), createAsking(rules), createLoading(rules)];
  return {
    initial: initialState(readers),
    keyOf,
    *steps(state) {
      for (const steps of parts) yield* steps(state);
    },
  };
}
