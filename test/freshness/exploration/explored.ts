import { type Exploration, explore, type Model } from './explore.ts';
import type { State } from './protocol/state.ts';

const LIMIT = Number(process.env.MODEL_STATES ?? 150_000);
/** For all states, by hand. */
export const PATIENCE_MS = 600_000;

/** What was explored, and said aloud; where a promise is broken, the shortest way there. */
export function explored(title: string, model: Model<State>): Exploration {
  const found = explore(model, LIMIT);
  const { states, transitions, depth, isExhaustive, violation } = found;
  const extent = isExhaustive ? 'all there are' : 'the nearest';
  const lines = [`${title}: ${states} states (${extent}), ${transitions} transitions, depth ${depth}`];
  if (violation !== undefined) {
    lines.push(...violation.trace.map((step, i) => `  ${i + 1}. ${step}`), `  ${violation.broken}`);
  }
  console.info(lines.join('\n'));
  return found;
}
