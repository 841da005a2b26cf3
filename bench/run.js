// `npm run bench`: measures what docs/benchmarks.md shows; `-- --write` puts the figures into it, and `-- --only hits`
// measures one group of them.
import { parseArgs } from 'node:util';
import { benchHits } from './groups/hits.js';
import { benchLoading } from './groups/loading.js';
import { benchReading } from './groups/reading.js';
import { benchServing } from './groups/serving.js';
import { benchThroughput } from './groups/throughput.js';
import { machine, table, write } from './measuring/report.js';
import { openBench } from './world/bench.js';

const GROUPS = {
  reading: benchReading,
  loading: benchLoading,
  serving: benchServing,
  hits: benchHits,
  throughput: benchThroughput,
};

const { only, write: toWrite } = options();
console.log('Measuring for about ten minutes at most …');
const bench = await openBench();
try {
  for (const name of only) {
    const figures = `${table(await GROUPS[name](bench))}\n\n${machine(bench.postgres.version)}`;
    console.log(`\n${name}\n\n${figures}`);
    if (toWrite) write(name, figures);
  }
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
