import { describe, expect, test } from 'vitest';
import { isAcceptable, mayUse } from '../../../src/availability/loading/decisions.ts';
import type { Model } from './explore.ts';
import { explored, PATIENCE_MS } from './explored.ts';
import { createModel } from './protocol/model.ts';
import { PRODUCTION, type Rules } from './protocol/rules.ts';
import type { State } from './protocol/state.ts';

const COMMITS = 'the writer on instance 1 commits version 1';
const ACKNOWLEDGES = 'the writer on instance 1 is told, and acknowledges version 1';
const TAKES = [
  'reader 1 asks instance 1, looks into Redis',
  'reader 1 gets version 0 from Redis and caches it',
];

/** What is taken out, and the shortest way to a stale answer. */
const MISSING: readonly (readonly [title: string, without: Partial<Rules>, trace: readonly string[]])[] = [
  [
    'without acceptance, memory answers what its instance knows to be gone',
    { isAcceptable: (_, { isFollowing }) => isFollowing },
    [COMMITS, ACKNOWLEDGES, ...TAKES],
  ],
  [
    'without minding whether it follows, an instance answers what changed behind its back',
    { isAcceptable: (loaded, from) => isAcceptable(loaded, { ...from, isFollowing: true }) },
    [COMMITS, ...TAKES, 'reader 1 asks instance 1, which does not follow, and gets version 0 from memory'],
  ],
  [
    'without judging what was loaded for somebody else, whoever joins gets what is older than the booking',
    { mayUse: (loaded, part, from) => !part.isFresh || mayUse(loaded, part, from) },
    [
      'reader 1 asks instance 1, which does not follow, begins a load',
      'reader 1 reads version 0 in Postgres',
      COMMITS,
      'reader 2 asks instance 1, which does not follow, joins a load',
      'reader 1 has its answer and caches it',
      'reader 1 gets version 0, reader 2 gets version 0',
    ],
  ],
  [
    'without learning before it acknowledges, the instance that booked offers the slot again',
    { learned: (known) => known },
    [COMMITS, ACKNOWLEDGES, ...TAKES],
  ],
  [
    'without comparing with Postgres, a strong read gets what lies in memory',
    { isEqual: () => true },
    [
      COMMITS,
      ...TAKES,
      'reader 1 asks instance 1 strongly, and compares version 0',
      'reader 1 sees in Postgres that the version is 1',
      'reader 1 gets version 0 from memory',
    ],
  ],
  [
    'without going past the shared store, an instance that does not follow gets what Redis brings back',
    { usesSharedStore: ({ round }) => round === 1 },
    [
      COMMITS,
      'reader 1 asks instance 1, which does not follow, begins a fill',
      'reader 1 finds version 0 in Redis and caches it',
      'reader 1 gets version 0',
    ],
  ],
];

test.each(MISSING)('%s', (title, without, trace) => {
  const { violation } = explored(title, createModel({ ...PRODUCTION, ...without }));
  expect(violation).toEqual({ broken: 'stale: version 0 was answered, where 1 had to be known', trace });
});

describe('without comparing in the fill', () => {
  const careless = { ...PRODUCTION, isNewer: () => true };

  test('a cache goes back', () => {
    const { violation } = explored('without comparing in the fill', createModel(careless));
    expect(violation?.broken).toBe('back: a fill replaced version 1 by 0');
  });

  test.each([1, 2])(
    'still no answer is stale (readers: %d)',
    (readers) => {
      const title = `without comparing in the fill, stale answers, readers: ${readers}`;
      const { violation, isExhaustive } = explored(title, onlyStale(createModel(careless, readers)));
      expect(violation).toBeUndefined();
      expect(isExhaustive || readers > 1).toBe(true);
    },
    PATIENCE_MS,
  );
});

/** The same model, but caches may go back. */
function onlyStale({ steps, ...model }: Model<State>): Model<State> {
  return {
    ...model,
    *steps(state) {
      for (const step of steps(state)) {
        yield step.broken?.startsWith('stale') ? step : { ...step, broken: undefined };
      }
    },
  };
}
