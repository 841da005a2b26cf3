import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const common = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Nothing may keep a finished run alive.
  teardownTimeout: 10_000,
} as const;
const BROWSER = 'test/browser/**/*.test.ts';
const FAULTS = 'test/freshness/faults/*.test.ts';
/** They count what is quick enough, and a neighbour would slow them down. */
const ALONE = ['test/freshness/faults/redis-unreachable.test.ts', 'test/freshness/faults/stampede.test.ts'];

/**
 * From 20 s up on two cores, the longest first: begun last, they would keep the others waiting. Not the faults: of those
 * two long ones at once disturb each other.
 */
const SLOW = [
  'cli/crash',
  'model/all-writes',
  'fuzz/fuzz',
  'cli/serve',
  'cache/glance',
  'cli/commands',
  'admin/views',
  'account/sign-in',
  'booking/booking',
  'staff/views',
  'cache/operate',
  'database/embedded',
  'booking/offered',
];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = SLOW.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place < 0 ? SLOW.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    globalSetup: ['test/support/global-setup.ts'],
    projects: [
      {
        test: {
          ...common,
          name: 'behaviour',
          include: ['test/**/*.test.ts'],
          exclude: [FAULTS, BROWSER],
          // Test files wait for Postgres more than they compute: one more than the two cores of a small machine.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          include: [BROWSER],
          globalSetup: ['test/browser/chromium.ts'],
          // The browser takes a core and more by itself. To load what drives it anew for each file takes a second.
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'faults',
          include: [FAULTS],
          exclude: ALONE,
          // They measure time, so nothing else runs beside them. Each leaves more than a core alone.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 90_000,
        },
      },
      {
        test: {
          ...common,
          name: 'faults alone',
          include: ALONE,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          testTimeout: 90_000,
        },
      },
    ],
  },
});
