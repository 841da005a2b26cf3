// `npm run bench`: measures what docs/benchmarks.md shows; `-- --write` puts the figures into it, and `-- --only hits`
// measures one group of them.
import { parseArgs } from 'node:util';
import { benchBooking } from './groups/booking.js';
import { benchCounting } from './groups/counting.js';
import { benchDemand } from './groups/demand.js';
import { benchFeed } from './groups/feed.js';
import { benchGrowth } from './groups/growth.js';
import { benchHits } from './groups/hits.js';
import { benchInvalidation } from './groups/invalidation.js';
import { benchLoading } from './groups/loading.js';
import { benchMix } from './groups/mix.js';
import { benchPages } from './groups/pages.js';
import { benchReading } from './groups/reading.js';
import { benchRedisBatch } from './groups/redis-batch.js';
import { benchServing } from './groups/serving.js';
import { benchThroughput } from './groups/throughput.js';
import { benchWarming } from './groups/warming.js';
import { machine, table, write } from './measuring/report.js';
import { openBench } from './world/bench.js';
import { NoRedis } from './world/redis.js';

const GROUPS = {
  reading: benchReading,
  loading: benchLoading,
  serving: benchServing,
  hits: benchHits,
  demand: benchDemand,
  counting: benchCounting,
  redis: benchRedisBatch,
  throughput: benchThroughput,
  booking: benchBooking,
  invalidation: benchInvalidation,
  mix: benchMix,
  growth: benchGrowth,
  feed: benchFeed,
  warming: benchWarming,
  pages: benchPages,
};

/** What can be measured without a Redis. */
const ALONE = ['reading', 'loading', 'serving', 'hits', 'demand', 'counting', 'pages'];

const { only, write: toWrite } = options();
console.log('Measuring for about ten minutes, if it is everything …');
const bench = await openBench();
try {
  // Whoever has none is told so at once.
  if (only.some((name) => !ALONE.includes(name))) await bench.redis();
  for (const name of only) {
    const figures = `${table(await GROUPS[name](bench))}\n\n${machine(bench.postgres.version)}`;
    console.log(`\n${name}\n\n${figures}`);
    if (toWrite) write(name, figures);
  }
} catch (error) {
  console.error(error instanceof NoRedis ? error.message : error);
  process.exitCode = 1;
} finally {
  await bench.close();
}

function options() {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, write: { type: 'boolean' } },
  });
  const only = values.only ?? Object.keys(GROUPS);
  const unknown = only.find((name) => !(name in GROUPS));
  if (unknown === undefined) return { ...values, only };
  console.error(`There is no group "${unknown}": choose from ${Object.keys(GROUPS).join(', ')}.`);
  process.exit(1);
}
