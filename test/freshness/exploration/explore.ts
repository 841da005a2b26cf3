/** One thing that may happen next. */
export interface Step<S> {
  /** What happens, for whoever reads a trace. */
  readonly name: string;
  readonly state: S;
  /** What it breaks, where it breaks a promise. */
  readonly broken?: string | undefined;
}

export interface Model<S> {
  readonly initial: S;
  /** The same for states that differ in nothing that matters. */
  keyOf(state: S): string;
  /** Everything that may happen next. */
  steps(state: S): Iterable<Step<S>>;
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the farthest one. */
  readonly depth: number;
  /** Whether there is no other state. */
  readonly isExhaustive: boolean;
  /** The shortest way to a broken promise, if there is one. */
  readonly violation: { readonly broken: string; readonly trace: readonly string[] } | undefined;
}

/** Visits up to `limit` states, nearest first, and stops at the first broken promise. */
export function explore<S>(model: Model<S>, limit: number): Exploration {
  const start = model.keyOf(model.initial);
  /** The number of every state that was met, by its key; and by number, its key and where it was met from. */
  const numbers = new Map([[start, 0]]);
  const keys = [start];
  const parents = [-1];
  let transitions = 0;
  let depth = 0;
  let isExhaustive = true;
  let nearest = [model.initial];

  for (let number = 0; nearest.length > 0; ) {
    const next: S[] = [];
    for (const state of nearest) {
      for (const { name, state: reached, broken } of model.steps(state)) {
        transitions += 1;
        if (broken !== undefined) {
          const trace = [...retrace(model, pathTo(number, parents, keys)), name];
          return {
            states: keys.length,
            transitions,
            depth,
            isExhaustive: false,
            violation: { broken, trace },
          };
        }
        const key = model.keyOf(reached);
        if (numbers.has(key)) continue;
        if (keys.length >= limit) {
          isExhaustive = false;
          continue;
        }
        numbers.set(key, keys.length);
        keys.push(key);
        parents.push(number);
        next.push(reached);
      }
      number += 1;
    }
    if (next.length > 0) depth += 1;
    nearest = next;
  }
  return { states: keys.length, transitions, depth, isExhaustive, violation: undefined };
}

function pathTo(number: number, parents: readonly number[], keys: readonly string[]): string[] {
  const path: string[] = [];
  for (let at: number | undefined = number; at !== undefined && at > 0; at = parents[at]) {
    path.unshift(keys[at] ?? '');
  }
  return path;
}

/** The names of the steps through states with these keys, walked anew, so that nobody changes names on the way. */
function retrace<S>({ initial, keyOf, steps }: Model<S>, path: readonly string[]): string[] {
  let state = initial;
  return path.map((key) => {
    for (const step of steps(state)) {
      if (keyOf(step.state) !== key) continue;
      state = step.state;
      return step.name;
    }
    throw new Error('A state cannot be reached from the one it was met from: keyOf hides what matters');
  });
}
